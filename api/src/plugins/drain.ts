import fp from 'fastify-plugin'

/**
 * Lets `close` end soon: what is in flight is answered, and then its connection ends. Without this a
 * connection that turns idle after closing began is waited for until its keep-alive runs out (C097).
 */
export const drain = fp(
  async (api) => {
    let closing = false
    api.addHook('preClose', async () => {
      closing = true
    })
    api.addHook('onSend', (_request, reply, _payload, done) => {
      if (closing) reply.header('connection', 'close')
      done()
    })
    api.addHook('onResponse', (_request, _reply, done) => {
      if (closing) setImmediate(() => api.server.closeIdleConnections())
      done()
    })
  },
  { name: 'drain' },
)
