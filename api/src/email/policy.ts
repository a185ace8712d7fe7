import type { ProblemType } from '@jotc/core/api/problem'
import { HttpError } from '../http/errors.ts'
import type { Verdict } from './emailable.ts'
import type { Outcome } from './verifier.ts'

/** How one signs in: with details alone, or also with a code sent to the address, which proves the mailbox. */
export type SignInMode = 'details' | 'code'

/**
 * Whether an address may sign in, by the outcome of its verification.
 *
 * In `details` mode only a deliverable address that is not temporary signs in (or any, where verification is off). In
 * `code` mode only undeliverable and temporary addresses are rejected: the mailed code proves the rest. `state` alone
 * decides, never `reason`; a deliverable address on a server that accepts every name is deliverable.
 *
 * @returns `checked`: false when the address should have been checked, but could not
 * @throws {HttpError} `email-…` when the address is rejected; in `details` mode also `email-check-unavailable`
 */
export function admit(outcome: Outcome, mode: SignInMode): { checked: boolean } {
  if (outcome.kind === 'unchecked') return { checked: true }
  if (outcome.kind === 'failure') {
    if (mode === 'code') return { checked: false }
    // The same words whatever happened: it is never the visitor's fault.
    const detail =
      'We cannot check email addresses right now. The problem is not your address. Try again in a few minutes.'
    const { retryAfterS, message } = outcome
    throw new HttpError('email-check-unavailable', detail, { retryAfterS, cause: new Error(message) })
  }
  const reason = reasonAgainst(outcome, mode)
  if (reason) {
    const [type, message] = reason
    throw new HttpError(type, message, { errors: [{ field: 'email', message }], didYouMean: outcome.didYouMean })
  }
  return { checked: true }
}

function reasonAgainst(
  { state, disposable, acceptAll }: Verdict,
  mode: SignInMode,
): [type: ProblemType, sentence: string] | undefined {
  if (state === 'undeliverable') {
    return ['email-undeliverable', 'This address cannot receive email. Check the spelling.']
  }
  if (disposable) return ['email-disposable', 'This is a temporary address. Use one you will keep.']
  if (mode === 'code' || state === 'deliverable') return undefined
  if (state === 'unknown') {
    return ['email-unconfirmed', 'We could not confirm this address. Try again in ten minutes, or use another one.']
  }
  return acceptAll
    ? ['email-accept-all', 'We cannot confirm this address, because its server accepts every name. Use another one.']
    : ['email-risky', 'Email to this address may not arrive. Use another one.']
}
