import type { FastifyBaseLogger } from 'fastify'
import { LRUCache } from 'lru-cache'
import { checkKey, checkText, milliseconds } from './bounds.ts'
import type { Store } from './store.ts'
import { Subscribers } from './subscribers.ts'

const MOST_VALUES = 50_000
/** UTF-16 units of all keys and values. */
const MOST_TEXT = 32 * 1024 * 1024

export type MemoryStore = Store & { clear(): void }

/** A store of this process alone. What was not used for longest makes room for the new. */
export function memoryStore(log: Pick<FastifyBaseLogger, 'error'>): MemoryStore {
  const values = new LRUCache<string, string>({
    max: MOST_VALUES,
    maxSize: MOST_TEXT,
    sizeCalculation: (value, key) => value.length + key.length,
  })
  const subscribers = new Subscribers(log)

  return {
    state: 'up',
    async get(key) {
      checkKey(key)
      return values.get(key)
    },
    async set(key, value, seconds) {
      checkKey(key)
      checkText(value)
      values.set(key, value, { ttl: milliseconds(seconds) })
    },
    async setIfAbsent(key, value, seconds) {
      checkKey(key)
      checkText(value)
      const ttl = milliseconds(seconds)
      if (values.has(key)) return false
      values.set(key, value, { ttl })
      return true
    },
    async delete(key, onlyIf) {
      checkKey(key)
      if (onlyIf === undefined || values.get(key) === onlyIf) values.delete(key)
    },
    async publish(channel, message) {
      checkKey(channel)
      checkText(message)
      subscribers.tell(channel, message)
    },
    async subscribe(channel, listener) {
      checkKey(channel)
      return subscribers.add(channel, listener)
    },
    onChange: () => () => {},
    clear: () => values.clear(),
    async close() {
      values.clear()
    },
  }
}
