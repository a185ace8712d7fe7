import type { Socket } from 'node:net'
import { setImmediate as turn, setTimeout as wait } from 'node:timers/promises'
import fp from 'fastify-plugin'

declare module 'fastify' {
  interface FastifyInstance {
    drain: {
      /** Whether the worker ends and no other serves in its place yet: a load balancer should ask elsewhere. */
      readonly isStopping: boolean
      /**
       * From now on each answer ends its connection. Resolves when none is open, or after so many milliseconds.
       *
       * @param isReplaced another worker serves in its place already
       */
      begin(linger: number, isReplaced: boolean): Promise<void>
    }
  }
}

/** While closing, a connection on which nothing is being answered is cut after so many milliseconds. */
const SILENT_FOR = 500
const LOOK_EVERY = 20

/**
 * Lets `close` end soon: what is in flight is answered, and then its connection ends. Without this a
 * connection that turns idle after closing began is waited for until its keep-alive runs out, and one on which
 * nothing ever came for longer than that.
 */
export const drain = fp(
  async (api) => {
    /** Open connections, and how many requests on each are not answered; undefined where none has come yet. */
    const unansweredOn = new Map<Socket, number | undefined>()
    let hasBegun = false
    let closing = false
    let isStopping = false
    let unanswered = 0

    api.server.on('connection', (socket: Socket) => {
      unansweredOn.set(socket, undefined)
      socket.once('close', () => unansweredOn.delete(socket))
    })
    // Node's own, which it calls as closing begins, ends those too that have just come with a request not read yet.
    api.server.closeIdleConnections = () => {
      for (const [socket, count] of unansweredOn) if (count === 0) socket.destroy()
    }

    function count(socket: Socket, more: 1 | -1): void {
      unanswered += more
      if (unansweredOn.has(socket)) unansweredOn.set(socket, (unansweredOn.get(socket) ?? 0) + more)
    }

    api.addHook('onRequest', ({ raw: { socket } }, reply, done) => {
      count(socket, 1)
      reply.raw.once('close', () => {
        count(socket, -1)
        if (closing) endSoon()
      })
      done()
    })
    api.addHook('onSend', (_request, reply, _payload, done) => {
      if (hasBegun) reply.header('connection', 'close')
      done()
    })
    api.addHook('preClose', async () => {
      hasBegun = true
      closing = true
      // What has arrived on an idle connection is read before such connections are closed.
      await turn()
      endSoon()
    })

    function endSoon(): void {
      setImmediate(() => api.server.closeIdleConnections())
      if (unanswered > 0) return
      setTimeout(async () => {
        // Timers come first in a turn of the event loop, and a late one would cut what has arrived but was not read.
        await turn()
        if (unanswered === 0) api.server.closeAllConnections()
      }, SILENT_FOR).unref()
    }

    api.decorate('drain', {
      get isStopping() {
        return isStopping
      },
      async begin(linger, isReplaced) {
        hasBegun = true
        isStopping = !isReplaced
        const until = performance.now() + linger
        while (performance.now() < until && unansweredOn.size > 0) await wait(LOOK_EVERY)
      },
    })
  },
  { name: 'drain' },
)
