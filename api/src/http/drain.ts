import { setTimeout as wait } from 'node:timers/promises'
import fp from 'fastify-plugin'

declare module 'fastify' {
  interface FastifyInstance {
    drain: {
      /** Whether the worker is ending without a replacement: a load balancer should go elsewhere. */
      readonly isStopping: boolean
      /**
       * From now on each answer closes its connection. Resolves when none is open, or after a second.
       *
       * @param isReplaced whether another worker has already taken over
       */
      begin(isReplaced: boolean): Promise<void>
    }
  }
}

/** How long clients are sent elsewhere before new connections are refused. */
const LINGER_MS = 1_000
const CHECK_INTERVAL_MS = 20
/** Connections are cut after so many checks in a row without a request in flight. */
const QUIET_CHECKS = 25

/**
 * Lets `close` end soon: requests in flight are answered, and then their connections closed. Without this, `close` would
 * wait for the keep-alive of connections that become idle later, and for the header timeout of those never used.
 */
export const drain = fp(
  async (api) => {
    let connections = 0
    let unanswered = 0
    let hasBegun = false
    let isStopping = false
    let checking: NodeJS.Timeout | undefined

    api.server.on('connection', (socket) => {
      connections++
      socket.once('close', () => connections--)
    })
    // Node calls its own version as closing begins, which also cuts connections whose request has arrived but is unread.
    api.server.closeIdleConnections = () => {}

    api.addHook('onRequest', (_request, reply, done) => {
      unanswered++
      reply.raw.on('close', () => unanswered--)
      done()
    })
    api.addHook('onSend', (_request, reply, _payload, done) => {
      if (hasBegun) reply.header('connection', 'close')
      done()
    })
    api.addHook('preClose', async () => {
      hasBegun = true
      let quiet = 0
      const check = () => {
        quiet = unanswered > 0 ? 0 : quiet + 1
        if (quiet >= QUIET_CHECKS) api.server.closeAllConnections()
      }
      // Timers may be late and run before reads: an immediate runs once all that has arrived was read.
      checking = setInterval(() => setImmediate(check), CHECK_INTERVAL_MS)
    })
    api.addHook('onClose', async () => clearInterval(checking))

    api.decorate('drain', {
      get isStopping() {
        return isStopping
      },
      async begin(isReplaced) {
        hasBegun = true
        isStopping = !isReplaced
        const until = performance.now() + LINGER_MS
        while (performance.now() < until && connections > 0) await wait(CHECK_INTERVAL_MS)
      },
    })
  },
  { name: 'drain' },
)
