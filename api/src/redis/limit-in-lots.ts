import { LRUCache } from 'lru-cache'
import { type HttpError, tooMany } from '../http/errors.ts'
import type { Limiter } from './limiter.ts'

/** A minute's worth is taken in so many lots. */
const LOTS = 50
const MOST_KEPT = 50_000

type Lot = { allowed: boolean; left: number; until: number }

/**
 * A limit for what is asked often: each worker takes a fiftieth of the minute's worth at a time, so that one question
 * to Redis serves many requests. What a worker took and did not use by the end of the minute is lost.
 *
 * @returns resolves when there is room for one more @throws {HttpError} when there is none
 */
export function limitInLots(
  limiter: Limiter,
  perMinute: number,
  reject = (seconds: number): HttpError => tooMany('rate-limited', 'Too many requests.', seconds),
): (key: string) => Promise<void> {
  const size = Math.max(1, Math.floor(perMinute / LOTS))
  const lots = new LRUCache<string, Lot>({ max: MOST_KEPT })
  const running = new Map<string, Promise<void>>()

  async function takeLot(key: string): Promise<void> {
    const { allowed, seconds } = await limiter(key, size)
    lots.set(key, { allowed, left: size, until: performance.now() + seconds * 1000 })
  }

  return async (key) => {
    for (;;) {
      const lot = lots.get(key)
      if (lot && lot.until > performance.now()) {
        if (!lot.allowed) throw reject(Math.max(1, Math.ceil((lot.until - performance.now()) / 1000)))
        if (lot.left-- > 0) return
      }
      await running.getOrInsertComputed(key, () => takeLot(key).finally(() => running.delete(key)))
    }
  }
}
