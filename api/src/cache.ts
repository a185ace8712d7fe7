import { LRUCache } from 'lru-cache'

/**
 * A cache of the `most` entries that were used last, which takes room as they come. With `max` the library would take
 * all of it at once, 5 to 11 ms for 50,000 entries, and a worker has several.
 */
export function cacheOf<Key extends {}, Value extends {}>(
  most: number,
  options: Omit<LRUCache.OptionsBase<Key, Value, unknown>, 'max' | 'maxSize' | 'sizeCalculation'> = {},
): LRUCache<Key, Value> {
  return new LRUCache<Key, Value>({ ...options, maxSize: most, sizeCalculation: () => 1 })
}
