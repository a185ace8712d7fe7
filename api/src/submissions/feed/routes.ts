import type { Readable } from 'node:stream'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { FeedHeaders } from '@jotc/core/api/jotc'
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { BEARER } from '../../auth/signed-in.ts'
import { problemResponses } from '../../http/openapi.ts'
import { ownerSeenBy } from '../filter.ts'
import { heartbeat, readEventId } from './events.ts'
import { endFeed, liveFeed } from './feed.ts'
import type { FeedStream } from './stream.ts'

/** Milliseconds. Proxies cut what is silent for a minute, some for half of one. */
const HEARTBEAT_EVERY = 15_000

const Live = {
  summary: 'New submissions as they are recorded: your own, or everybody’s for an administrator',
  description:
    'Server-sent events. `ready`: from here on all is told. `submission`: as in a list. `reset`: too much was missed ' +
    'to be told, read the list anew. `end`: the last one, with a `reason` (`expired`, `revoked`: sign in again; ' +
    '`changed`, `closing`: come back). The `id` of an event, sent as `Last-Event-ID`, resumes after it without gaps ' +
    'or doubles. Open the feed before you read the list: then nothing falls between the two.',
  security: BEARER,
  headers: FeedHeaders,
  response: {
    200: {
      description: 'The feed',
      content: { 'text/event-stream': { schema: Type.Unsafe<Readable>(Type.String()) } },
    },
    ...problemResponses(400, 401, 429),
  },
}

export const feedRoutes: FastifyPluginAsyncTypebox = async (api) => {
  const feed = liveFeed(api.database, api.log)
  // Before the server waits for its connections to end.
  api.addHook('preClose', async () => feed.close())

  const reading = new Map<FeedStream, Pick<FastifyRequest, 'account' | 'token' | 'log'>>()
  const endWhere = (isOver: (request: Pick<FastifyRequest, 'account' | 'token'>) => boolean) => {
    for (const [stream, request] of reading) if (isOver(request)) endFeed(stream, 'revoked')
  }
  api.revocations.onToken((id) => endWhere(({ token }) => token.id === id))
  api.revocations.onAccount(async (id) => {
    const streams = [...reading].filter(([, { account }]) => account.id === id)
    if (streams.length === 0) return
    // Where it cannot be asked, what it may see is not known any more: whoever comes back is asked again.
    const now = await api.accounts.find(id).catch(() => undefined)
    for (const [stream, { account }] of streams) {
      if (now?.role !== account.role) endFeed(stream, now ? 'changed' : 'revoked')
    }
  })

  const options = { schema: Live, onRequest: api.signedIn, exposeHeadRoute: false, config: { streaming: true } }
  api.get('/jotc/live', options, async (request, reply) => {
    const { account, token, headers } = request
    const lastId = headers['last-event-id']
    const since = lastId ? readEventId(lastId) : undefined
    const stream = await feed.open(ownerSeenBy(account), since)
    reading.set(stream, request)
    // Signed out while it was opened.
    if (api.revocations.has(token.id)) endFeed(stream, 'revoked')
    const beat = setInterval(() => stream.send(heartbeat), HEARTBEAT_EVERY)
    const expiry = setTimeout(() => endFeed(stream, 'expired'), token.expiresAt * 1000 - Date.now())
    stream.once('close', () => {
      reading.delete(stream)
      clearInterval(beat)
      clearTimeout(expiry)
    })
    return reply
      .type('text/event-stream')
      .headers({ 'cache-control': 'no-cache, no-transform', 'x-accel-buffering': 'no' })
      .send(stream)
  })
}
