import { useSyncExternalStore } from 'react'

/** A value that lives outside of what is on the page, and that its parts follow. */
export type Store<Value> = {
  get: () => Value
  set: (next: Value) => void
  /** Calls `listener` after each change. @returns what ends that */
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
