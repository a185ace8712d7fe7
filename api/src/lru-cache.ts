import { LRUCache } from 'lru-cache'

/**
 * A least-recently-used cache of at most `maxEntries`, which grows as it fills. With its own `max`, the library would
 * allocate everything at once: 5 to 11 ms for 50,000 entries, and a worker has several caches.
 */
export function lruCache<Key extends {}, Value extends {}>(
  maxEntries: number,
  options: Omit<LRUCache.OptionsBase<Key, Value, unknown>, 'max' | 'maxSize' | 'sizeCalculation'> = {},
): LRUCache<Key, Value> {
  return new LRUCache<Key, Value>({ ...options, maxSize: maxEntries, sizeCalculation: () => 1 })
}
