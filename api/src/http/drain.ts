import { setTimeout as wait } from 'node:timers/promises'
import fp from 'fastify-plugin'

declare module 'fastify' {
  interface FastifyInstance {
    drain: {
      /** Whether the worker ends and no other serves in its place yet: a load balancer should ask elsewhere. */
      readonly isStopping: boolean
      /**
       * From now on each answer ends its connection. Resolves when none is open, or after a second.
       *
       * @param isReplaced another worker serves in its place already
       */
      begin(isReplaced: boolean): Promise<void>
    }
  }
}

/** How long clients are told to go elsewhere before nothing more is accepted. */
const LINGER_MS = 1_000
const LOOK_INTERVAL_MS = 20
/** Connections are cut when at so many looks in a row no request was being answered. */
const QUIET_LOOKS = 25

/**
 * Lets `close` end soon: what is in flight is answered, and then its connection ends. Without this a connection that
 * turns idle after closing began is waited for until its keep-alive runs out, and one on which nothing ever came for
 * as long as headers may take.
 */
export const drain = fp(
  async (api) => {
    let connections = 0
    let unanswered = 0
    let hasBegun = false
    let isStopping = false
    let looking: NodeJS.Timeout | undefined

    api.server.on('connection', (socket) => {
      connections++
      socket.once('close', () => connections--)
    })
    // Node's own, which it calls as closing begins, also ends those whose request has arrived and is not read yet.
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
      const look = () => {
        quiet = unanswered > 0 ? 0 : quiet + 1
        if (quiet >= QUIET_LOOKS) api.server.closeAllConnections()
      }
      // Each look comes after what has arrived was read: timers, which may be late, come before.
      looking = setInterval(() => setImmediate(look), LOOK_INTERVAL_MS)
    })
    api.addHook('onClose', async () => clearInterval(looking))

    api.decorate('drain', {
      get isStopping() {
        return isStopping
      },
      async begin(isReplaced) {
        hasBegun = true
        isStopping = !isReplaced
        const until = performance.now() + LINGER_MS
        while (performance.now() < until && connections > 0) await wait(LOOK_INTERVAL_MS)
      },
    })
  },
  { name: 'drain' },
)
