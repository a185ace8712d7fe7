import { ApiProblem, Unreachable } from './client.ts'

const FIRST_MS = 1000
const LONGEST_MS = 30_000

/** Whether the same call may succeed later: the service did not answer, or said when to try again. */
export function isPassing(error: unknown): boolean {
  return error instanceof Unreachable || (error instanceof ApiProblem && error.retryAfterMs !== undefined)
}

/** Milliseconds to wait after this many failures in a row. @param error the last of them */
export function waitAfter(error: unknown, failures: number): number {
  const asked = error instanceof ApiProblem ? (error.retryAfterMs ?? 0) : 0
  return Math.max(asked, backoff(failures))
}

/** Doubles each time; half of it is random, so that browsers do not all return at once. */
function backoff(failures: number): number {
  const most = Math.min(LONGEST_MS, FIRST_MS * 2 ** (failures - 1))
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
