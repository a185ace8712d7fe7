import { useSyncExternalStore } from 'react'

/** A value outside of the components, which they can subscribe to. */
export type Store<Value> = {
  get: () => Value
  set: (next: Value) => void
  /** Calls `listener` after each change. @returns how to unsubscribe */
  subscribe: (listener: () => void) => () => void
}

export function createStore<Value>(initial: Value): Store<Value> {
  let value = initial
  const listeners = new Set<() => void>()
  return {
    get: () => value,
    set(next) {
      value = next
      for (const listener of listeners) listener()
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

export function useStore<Value>({ subscribe, get }: Store<Value>): Value {
  return useSyncExternalStore(subscribe, get)
}
