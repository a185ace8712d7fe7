/**
 * `localStorage` that survives a browser which blocks it or has no room (both throw): what is stored
 * then lasts as long as the page.
 */
const memory = new Map<string, string>()

export const storage = {
  get(key: string): string | null {
    try {
      return localStorage.getItem(key) ?? memory.get(key) ?? null
    } catch {
      return memory.get(key) ?? null
    }
  },
  set(key: string, value: string): void {
    memory.set(key, value)
    try {
      localStorage.setItem(key, value)
    } catch {
      // blocked or full: kept in memory above
    }
  },
  remove(key: string): void {
    memory.delete(key)
    try {
      localStorage.removeItem(key)
    } catch {
      // blocked: there is nothing in it
    }
  },
}
