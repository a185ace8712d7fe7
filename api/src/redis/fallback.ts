import type { MemoryStore } from './memory.ts'
import { type Store, StoreGone } from './store.ts'

/**
 * Redis while it can be used, else this worker's memory: so that no caller has to think of the change.
 *
 * Promises: no call rejects with `StoreGone`. What was written to memory during an outage stays there
 * and is dropped at its end: nothing is written to Redis later, and no value outlives the outage it was
 * kept in. A value deleted during the outage may be back after it.
 */
export function fallingBack(redis: Store, memory: MemoryStore): Store {
  redis.onChange(() => memory.clear())
  return {
    get state() {
      return redis.state
    },
    onChange: (listener) => redis.onChange(listener),
    get: (key) => redis.get(key).catch(whereGone(() => memory.get(key))),
    set: (key, value, seconds) =>
      redis.set(key, value, seconds).catch(whereGone(() => memory.set(key, value, seconds))),
    setIfAbsent: (key, value, seconds) =>
      redis.setIfAbsent(key, value, seconds).catch(whereGone(() => memory.setIfAbsent(key, value, seconds))),
    delete: (key, onlyIf) => redis.delete(key, onlyIf).catch(whereGone(() => memory.delete(key, onlyIf))),
    publish: (channel, message) =>
      redis.publish(channel, message).catch(whereGone(() => memory.publish(channel, message))),
    async subscribe(channel, listener) {
      const leaves = [await memory.subscribe(channel, listener), await redis.subscribe(channel, listener)]
      return () => {
        for (const leave of leaves) leave()
      }
    },
    async close() {
      await redis.close()
      await memory.close()
    },
  }
}

function whereGone<Result>(instead: () => Promise<Result>): (error: unknown) => Promise<Result> {
  return (error) => {
    if (error instanceof StoreGone) return instead()
    throw error
  }
}
