import { setTimeout as wait } from 'node:timers/promises'
import { admit, type SignInMode } from '../email/policy.ts'
import type { Failure, Verifier } from '../email/verifier.ts'

/** Milliseconds that a sign-in by code waits for a verdict, which it can do without. */
const PATIENCE = 4_000
const LATE: Failure = { kind: 'failure', reason: 'unavailable', message: 'timed out', retryAfterS: 0 }

/**
 * Whether an address may sign in, by its verdict.
 *
 * @returns `checked`: false when it should have been checked, but could not be (in `code` mode)
 * @throws {HttpError} as `admit` (policy.ts)
 */
export async function admitEmail(verifier: Verifier, email: string, mode: SignInMode): Promise<{ checked: boolean }> {
  if (mode === 'details') return admit(await verifier.verdictOf(email), mode)
  const waiting = new AbortController()
  const late = wait(PATIENCE, LATE, { signal: waiting.signal })
  try {
    return admit(await Promise.race([verifier.verdictOf(email), late]), mode)
  } finally {
    late.catch(() => {})
    waiting.abort()
  }
}
