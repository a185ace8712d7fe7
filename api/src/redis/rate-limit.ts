import { hash } from 'node:crypto'
import fp from 'fastify-plugin'
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible'
import { type HttpError, tooMany } from '../http/errors.ts'
import { lruCache } from '../lru-cache.ts'
import type { Redis } from './redis.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** Creates a limit by key. `name` must be unique. */
    limiter(name: string, perMinute: number): Limiter
  }
}

type Allowance = {
  allowed: boolean
  /** How many more until the minute ends. */
  remaining: number
  /** Whole seconds until the count starts again, for `Retry-After`. */
  seconds: number
}

/** Counts points (default 1) for `key`: any text, of which only a hash is stored. Never rejects. */
export type Limiter = (key: string, points?: number) => Promise<Allowance>

const WINDOW_S = 60

/** Rate limits, as `api.limiter`. */
export const rateLimits = fp(
  async (api) => {
    api.decorate('limiter', (name: string, perMinute: number) =>
      limiter(name, perMinute, api.redis.state === 'off' ? undefined : api.redis),
    )
  },
  { name: 'rateLimits', dependencies: ['redis'] },
)

/**
 * A limit by key and minute. The minute begins with the first point.
 *
 * Promises (rate-limit.test.ts): workers that share Redis share the count. Without Redis each worker counts in its own
 * memory, so N workers allow up to N limits. A key over its limit is rejected from memory until its minute ends, so a
 * flood costs Redis nothing.
 *
 * @param name separates the keys of this limit from those of others
 */
export function limiter(name: string, perMinute: number, redis?: Pick<Redis, 'eval'>): Limiter {
  const limit = { keyPrefix: `limit:${name}`, points: perMinute, duration: WINDOW_S }
  const memory = new RateLimiterMemory(limit)
  const counter = redis
    ? new RateLimiterRedis({
        ...limit,
        storeClient: redis,
        // The library would detect the official client by a class name that it no longer has.
        useRedisPackage: true,
        insuranceLimiter: memory,
        inMemoryBlockOnConsumed: perMinute + 1,
      })
    : memory

  return async (key, points = 1) => {
    const hashed = hash('sha256', key, 'base64url')
    try {
      return allowance(true, await counter.consume(hashed, points))
    } catch (rejection) {
      if (rejection instanceof RateLimiterRes) return allowance(false, rejection)
      throw rejection
    }
  }
}

function allowance(allowed: boolean, { remainingPoints, msBeforeNext }: RateLimiterRes): Allowance {
  return { allowed, remaining: remainingPoints, seconds: Math.max(1, Math.ceil(msBeforeNext / 1000)) }
}

/** Leases that make up a minute's limit. */
const LEASES = 50
const MAX_LEASES = 50_000

type Lease = { allowed: boolean; left: number; until: number }

/**
 * A limit for frequent requests: a worker leases a fiftieth of the limit at a time, so one round trip to Redis serves
 * many requests. What is left of a lease at the end of the minute is lost.
 *
 * @returns a function that counts a request, and rejects with an `HttpError` over the limit
 */
export function leasedLimit(
  limiter: Limiter,
  perMinute: number,
  reject = (retryAfterS: number): HttpError => tooMany('rate-limited', 'Too many requests.', retryAfterS),
): (key: string) => Promise<void> {
  const size = Math.max(1, Math.floor(perMinute / LEASES))
  const leases = lruCache<string, Lease>(MAX_LEASES)
  const running = new Map<string, Promise<void>>()

  async function takeLease(key: string): Promise<void> {
    const { allowed, seconds } = await limiter(key, size)
    leases.set(key, { allowed, left: size, until: performance.now() + seconds * 1000 })
  }

  return async (key) => {
    for (;;) {
      const lease = leases.get(key)
      if (lease && lease.until > performance.now()) {
        if (!lease.allowed) throw reject(Math.max(1, Math.ceil((lease.until - performance.now()) / 1000)))
        if (lease.left-- > 0) return
      }
      await running.getOrInsertComputed(key, () => takeLease(key).finally(() => running.delete(key)))
    }
  }
}
