const FIRST = 1000
const LONGEST = 30_000

/**
 * Milliseconds to wait after so many failures in a row: doubled each time, half of it at random, so that many
 * browsers do not come back at once.
 */
export function backoff(failures: number): number {
  const most = Math.min(LONGEST, FIRST * 2 ** (failures - 1))
  return most / 2 + (Math.random() * most) / 2
}

/** Resolves after the time, or as soon as the browser is online again; at once when the signal is aborted. */
export function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer)
      removeEventListener('online', end)
      signal.removeEventListener('abort', end)
      resolve()
    }
    const timer = setTimeout(end, milliseconds)
    addEventListener('online', end)
    signal.addEventListener('abort', end)
    if (signal.aborted) end()
  })
}
