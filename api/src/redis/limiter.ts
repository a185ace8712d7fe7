import { hash } from 'node:crypto'
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible'
import type { RedisScripts } from './redis.ts'

type Allowance = {
  allowed: boolean
  /** How many more until the minute ends. */
  remaining: number
  /** Whole seconds until the count starts anew: what `Retry-After` says. */
  seconds: number
}

/** Counts one more, or so many more, for `key` (an address, an account: any text; only its hash is kept). Never rejects. */
export type Limiter = (key: string, points?: number) => Promise<Allowance>

const MINUTE = 60

/**
 * So many a minute for each key, the minute starting with the first.
 *
 * Promises: workers that share Redis share the count. While Redis is gone, and without one, each worker
 * counts in its own memory, so that up to one limit a worker is let through. A key over its limit is
 * refused from memory until its minute ends: a flood costs Redis nothing.
 *
 * @param name tells this limit's keys from those of others
 */
export function limiter(name: string, perMinute: number, scripts?: RedisScripts): Limiter {
  const limit = { keyPrefix: `limit:${name}`, points: perMinute, duration: MINUTE }
  const memory = new RateLimiterMemory(limit)
  const counter = scripts
    ? new RateLimiterRedis({
        ...limit,
        storeClient: scripts,
        // The library tells the official client by the name of its class, which is no longer the one it looks for.
        useRedisPackage: true,
        insuranceLimiter: memory,
        inMemoryBlockOnConsumed: perMinute + 1,
      })
    : memory

  return async (key, points = 1) => {
    const hashed = hash('sha256', key, 'base64url')
    try {
      return allowance(true, await counter.consume(hashed, points))
    } catch (refused) {
      if (refused instanceof RateLimiterRes) return allowance(false, refused)
      throw refused
    }
  }
}

function allowance(allowed: boolean, { remainingPoints, msBeforeNext }: RateLimiterRes): Allowance {
  return { allowed, remaining: remainingPoints, seconds: Math.max(1, Math.ceil(msBeforeNext / 1000)) }
}
