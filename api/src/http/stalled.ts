import type { FastifyReply } from 'fastify'

/** Milliseconds. */
const STALLED_AFTER = 60_000

/**
 * Cuts the connection of a streamed answer on which nothing has moved for a minute, either way: whoever does not
 * read, or does not send, would hold what serves them for ever.
 */
export function endWhenStalled(reply: FastifyReply): void {
  reply.raw.setTimeout(STALLED_AFTER, () => {
    reply.log.info('a streamed answer stalled')
    reply.raw.destroy()
  })
}
