import type { Readable } from 'node:stream'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { FeedHeaders, FeedQuery } from '@jotc/core/api/jotc'
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { SIGNED_IN, SIGNED_IN_PROBLEMS } from '../../auth/signed-in.ts'
import { accountSlots } from '../account-slots.ts'
import { ownerSeenBy } from '../filter.ts'
import { liveFeed } from './feed.ts'
import { type FeedStream, readEventId } from './stream.ts'

/** Proxies close connections that are silent for a minute, some after half of one. */
const HEARTBEAT_INTERVAL_MS = 15_000
/** The longest delay of `setTimeout`. */
const MAX_TIMER_MS = 2 ** 31 - 1
/** A worker takes 10,000 connections, of which feeds get half. */
const SLOTS = { perAccount: 10, total: 5_000, type: 'too-many-feeds', fact: 'You have 10 live feeds open.' } as const

const Live = {
  operationId: 'followSubmissions',
  tags: ['Submissions'],
  summary: 'New submissions as they are recorded: your own, or everybody’s for an administrator',
  description:
    'Server-sent events. `ready`: you receive everything from here on. `submission`: as in a list. `reset`: you ' +
    'missed too much; load the list again. `end`: the last one, with a `reason` (`expired`, `revoked`: sign in again; ' +
    '`changed`, `closing`: come back). The `id` of an event, sent as `Last-Event-ID`, resumes after it without gaps ' +
    'or duplicates; a submission without an `id` was committed late, behind others that you have. Open the feed ' +
    'before you load the list, so that nothing is lost between the two. An account can have 10 feeds on each server ' +
    'process; one whose events are not read for a minute is closed.',
  security: SIGNED_IN,
  headers: FeedHeaders,
  querystring: FeedQuery,
  response: {
    200: {
      description: 'The feed',
      content: {
        'text/event-stream': {
          schema: Type.Unsafe<Readable>(Type.String()),
          example:
            'retry: 2000\nevent: ready\n' +
            'id: 2026-03-31T10:00:00.000Z_00000000-0000-0000-0000-000000000000\ndata: {}\n\n',
        },
      },
    },
  },
  problems: [...SIGNED_IN_PROBLEMS, 'invalid-input', 'too-many-feeds'] as const,
}

export const feedRoutes: FastifyPluginAsyncTypebox = async (api) => {
  const feed = liveFeed(api.database, api.log)
  // Before the server waits for its connections to end.
  api.addHook('preClose', async () => feed.close())

  const takeSlot = accountSlots(SLOTS)
  const reading = new Map<FeedStream, FastifyRequest>()
  api.revocations.onToken((id) => {
    for (const [stream, { credential }] of reading) if (credential.id === id) stream.endWith('revoked')
  })
  api.revocations.onAccount((id) => {
    for (const [stream, request] of reading) if (request.account.id === id) void endIfChanged(stream, request)
  })

  async function endIfChanged(stream: FeedStream, request: FastifyRequest): Promise<void> {
    // If the account cannot be read, the feed ends too: its reader has to authenticate again.
    const now = await request.stillSignedIn().catch(() => undefined)
    if (now?.role !== request.account.role) stream.endWith(now ? 'changed' : 'revoked')
  }

  const options = {
    schema: Live,
    onRequest: api.signedIn,
    exposeHeadRoute: false,
    config: { streaming: true, scope: 'read' },
  } as const
  api.get('/jotc/live', options, async function sendFeed(request, reply) {
    const { account, credential, headers, query } = request
    const lastId = headers['last-event-id'] ?? query.lastEventId
    const since = lastId ? readEventId(lastId) : undefined
    const leave = takeSlot(account.id)
    const stream = await feed.open(ownerSeenBy(account), since).catch((error) => {
      leave()
      throw error
    })
    reading.set(stream, request)
    // Signed out while the feed was opening.
    if (api.revocations.has(credential.id)) stream.endWith('revoked')
    const beat = setInterval(() => stream.beat(), HEARTBEAT_INTERVAL_MS)
    let expiry: NodeJS.Timeout | undefined
    /** Asks again at the end, because a session that is in use lasts longer. */
    const endOnceExpired = async () => {
      const endsAt = await request.signInEndsAt().catch(() => undefined)
      if (stream.destroyed) return
      if (endsAt === undefined) return stream.endWith('changed')
      const leftMs = endsAt - Date.now()
      if (leftMs <= 0) stream.endWith('expired')
      else expiry = setTimeout(() => void endOnceExpired(), Math.min(leftMs, MAX_TIMER_MS))
    }
    void endOnceExpired()
    stream.once('close', () => {
      leave()
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
