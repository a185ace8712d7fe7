/**
 * What workers share for a while: short values under keys, and announcements between workers.
 *
 * Promises: whatever is in it may be gone at any moment, so a caller must do right (if slower) with an
 * empty store; what must last stands in PostgreSQL. Nothing outlives the seconds it was given, and no
 * write takes effect later than a moment (250 ms) after the call that asked for it has ended.
 *
 * Out of bounds (see bounds.ts) is a fault of the caller: the call rejects with a RangeError. A store
 * on Redis alone rejects with `StoreGone` while Redis cannot be used. The store that resources get
 * (fallback.ts) never does.
 */
export type Store = {
  /** The value, or undefined where there is none (any more). */
  get(key: string): Promise<string | undefined>

  /** Keeps `value` for `seconds`, in place of what stood there. */
  set(key: string, value: string, seconds: number): Promise<void>

  /**
   * Keeps `value` for `seconds` unless a value stands there already.
   *
   * @returns whether it was kept. As a lock it spares work and guards nothing: a second caller gets it
   *   too once the store was emptied, and each worker gets it for itself while Redis is gone.
   */
  setIfAbsent(key: string, value: string, seconds: number): Promise<boolean>

  /** Removes the value; given `onlyIf`, only a value equal to it: so a lock is let go by its holder alone. */
  delete(key: string, onlyIf?: string): Promise<void>

  /**
   * Tells every subscriber of the channel, those of this worker included. Some may not hear it (while
   * Redis is gone, other workers do not) and some may hear it late or twice.
   */
  publish(channel: string, message: string): Promise<void>

  /**
   * Calls `listener` with each message of the channel from now on, also after Redis was gone and is
   * back. What other workers announced in between was missed: read it again on the change to `up`.
   *
   * @returns ends the subscription
   */
  subscribe(channel: string, listener: (message: string) => void): Promise<() => void>

  /** Whether the store is shared with the other workers now. A store that is meant for one worker is always up. */
  readonly state: StoreState

  /**
   * Calls `listener` on each change of `state`; subscriptions are in force before `up` is told.
   *
   * @returns ends the watching
   */
  onChange(listener: (state: StoreState) => void): () => void

  /** Ends connections and timers; resolves when they have ended. */
  close(): Promise<void>
}

export type StoreState = 'up' | 'gone'

/** Redis cannot be used at the moment: not reached, too slow, or refusing writes. */
export class StoreGone extends Error {
  override readonly name = 'StoreGone'

  constructor(cause?: unknown) {
    super('Redis cannot be used at the moment.', { cause })
  }
}
