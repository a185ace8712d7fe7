import type { FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { cacheOf } from '../cache.ts'
import type { Database } from '../database/database.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Where lists, statistics and exports of this request are read; only on routes with the hook `signedIn`. */
    readDatabase(): Promise<Database>
  }
}

const MAX_REMEMBERED = 10_000

/**
 * Which server lists, statistics and exports are read from: the primary for a person's own rows, the replica for
 * everybody's, which administrators see.
 *
 * Promise (replica.test.ts): who changed something sees it at once. For as long as a replica that serves may be behind,
 * an administrator who changed something reads the primary, on every worker that shares Redis; while Redis is gone all
 * administrators do.
 */
export const reports = fp<{ lagLimitS: number }>(
  async (api, { lagLimitS }) => {
    const { redis, replica } = api
    const here = cacheOf<string, true>(MAX_REMEMBERED, { ttl: lagLimitS * 1_000 })
    const keyOf = (request: FastifyRequest) => `changed:${request.account.id}`

    api.decorateRequest('readDatabase', async function readDatabase() {
      const isPrimary = this.account.role !== 'admin' || !replica?.serves || (await hasJustChanged(this))
      return isPrimary ? api.readDatabase : api.reportDatabase
    })

    async function hasJustChanged(request: FastifyRequest): Promise<boolean> {
      const key = keyOf(request)
      if (redis.state === 'off') return here.has(key)
      return (await redis.get(key)) !== undefined || redis.state === 'gone'
    }

    async function remember(request: FastifyRequest): Promise<void> {
      here.set(keyOf(request), true)
      await redis.set(keyOf(request), '', lagLimitS)
    }

    if (replica === undefined) return
    const mayChange = ({ method, account }: FastifyRequest) =>
      account?.role === 'admin' && method !== 'GET' && method !== 'HEAD'
    // Before the answer, which says that it is done; and again after a long one, which goes on changing meanwhile.
    api.addHook('onSend', (request, _reply, _payload, done) => {
      if (mayChange(request)) void remember(request).then(() => done())
      else done()
    })
    api.addHook('onResponse', (request, _reply, done) => {
      if (mayChange(request)) void remember(request)
      done()
    })
  },
  { name: 'reports', dependencies: ['database', 'redis', 'signedIn'] },
)
