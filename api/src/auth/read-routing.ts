import type { FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import type { Database } from '../database/database.ts'
import { lruCache } from '../lru-cache.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** The database for lists, statistics and exports of this request; only on routes with the hook `signedIn`. */
    readDatabase(): Promise<Database>
  }
}

const MAX_REMEMBERED = 10_000

/**
 * Routes reads: a person's own rows come from the primary, everybody's, which administrators see, from the replica.
 *
 * Promise (replica.test.ts): read your writes. After a change, an administrator reads the primary for as long as the
 * replica may lag, on every worker that shares Redis. While Redis is gone, and for as long afterwards, all of them do.
 */
export const readRouting = fp<{ lagLimitS: number }>(
  async (api, { lagLimitS }) => {
    const { redis, replica } = api
    const recentChanges = lruCache<string, true>(MAX_REMEMBERED, { ttl: lagLimitS * 1_000 })
    const keyOf = (request: FastifyRequest) => `changed:${request.account.id}`

    api.decorateRequest('readDatabase', async function readDatabase() {
      const isPrimary = this.account.role !== 'admin' || !replica?.serves || (await hasJustChanged(this))
      return isPrimary ? api.readDatabase : api.reportDatabase
    })

    async function hasJustChanged(request: FastifyRequest): Promise<boolean> {
      const key = keyOf(request)
      if (redis.state === 'off') return recentChanges.has(key)
      const isNoted = (await redis.get(key)) !== undefined
      // After a loss, Redis lacks notes of earlier changes.
      return isNoted || redis.state === 'gone' || performance.now() - redis.recoveredAt < lagLimitS * 1_000
    }

    async function remember(request: FastifyRequest): Promise<void> {
      recentChanges.set(keyOf(request), true)
      await redis.set(keyOf(request), '', lagLimitS)
    }

    if (replica === undefined) return
    const mayChange = ({ method, account }: FastifyRequest) =>
      account?.role === 'admin' && method !== 'GET' && method !== 'HEAD'
    // Before the answer, which confirms the change; and after it, because a long one goes on changing rows.
    api.addHook('onSend', (request, _reply, _payload, done) => {
      if (mayChange(request)) void remember(request).then(() => done())
      else done()
    })
    api.addHook('onResponse', (request, _reply, done) => {
      if (mayChange(request)) void remember(request)
      done()
    })
  },
  { name: 'readRouting', dependencies: ['database', 'redis', 'signedIn'] },
)
