import fp from 'fastify-plugin'
import { fallingBack } from './fallback.ts'
import { type Limiter, limiter } from './limiter.ts'
import { memoryStore } from './memory.ts'
import { openRedisStore } from './redis.ts'
import type { Store } from './store.ts'

declare module 'fastify' {
  interface FastifyInstance {
    store: Store
    /** A limit of so many a minute for each key (limiter.ts); `name` must be its own. */
    limiter(name: string, perMinute: number): Limiter
  }
}

/**
 * What workers share for a while, as `api.store` and `api.limiter`: over Redis, and in this process's
 * memory without one and while it is gone.
 */
export const store = fp<{ redisUrl: string | undefined }>(
  async (api, { redisUrl }) => {
    const memory = memoryStore(api.log)
    const redis = redisUrl === undefined ? undefined : await openRedisStore(redisUrl, api.log)
    if (!redis) api.log.info('no REDIS_URL: verdicts, rate limits and announcements stay in this process')
    const shared = redis ? fallingBack(redis, memory) : memory
    api.decorate('store', shared)
    api.metrics.gauge('jotc_store_up', 'Whether the worker shares its store with the others.', () =>
      shared.state === 'up' ? 1 : 0,
    )
    api.decorate('limiter', (name: string, perMinute: number) => limiter(name, perMinute, redis?.scripts))
    api.addHook('onClose', async () => await shared.close())
  },
  { name: 'store', dependencies: ['metrics'] },
)
