/** Kept across visits, shared by all tabs. */
export const storage = withMemory(() => localStorage)

/** Kept across reloads, for this tab. */
export const tabStorage = withMemory(() => sessionStorage)

/**
 * Reads a value stored as JSON; undefined when it is missing or of another kind, as another version of the app may
 * have stored it.
 */
export function readStored<Value>(
  store: Pick<typeof storage, 'get'>,
  key: string,
  isOfKind: (value: unknown) => value is Value,
): Value | undefined {
  try {
    const value: unknown = JSON.parse(store.get(key) ?? 'null')
    return isOfKind(value) ? value : undefined
  } catch {
    return undefined
  }
}

/**
 * A store that also works where the browser blocks it or it is full (both throw): values then last until the page is
 * closed.
 */
function withMemory(store: () => Storage) {
  const memory = new Map<string, string>()
  return {
    get(key: string): string | null {
      try {
        return store().getItem(key) ?? memory.get(key) ?? null
      } catch {
        return memory.get(key) ?? null
      }
    },
    set(key: string, value: string): void {
      memory.set(key, value)
      try {
        store().setItem(key, value)
      } catch {
        // blocked or full: kept in memory above
      }
    },
    remove(key: string): void {
      memory.delete(key)
      try {
        store().removeItem(key)
      } catch {
        // blocked: there is nothing in it
      }
    },
  }
}
