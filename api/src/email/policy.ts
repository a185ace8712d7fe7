import type { ProblemType } from '@jotc/core/api/problem'
import { HttpError } from '../http/errors.ts'
import type { Verdict } from './emailable.ts'
import type { Outcome } from './verifier.ts'

/** How people sign in: with their details, or with a code mailed to the address, which proves the mailbox. */
export type SignInMode = 'details' | 'code'

/**
 * Decides by the outcome of its verification whether an address may sign in.
 *
 * `details` mode admits deliverable addresses that are not temporary (any address while verification is off). `code`
 * mode only rejects undeliverable and temporary ones: the mailed code proves the rest. The `state` decides, so a
 * deliverable address on a server that accepts every name is deliverable.
 *
 * @returns `checked`: false if the address could not be checked although verification is on
 * @throws {HttpError} `email-…` if the address is rejected; in `details` mode also `email-check-unavailable`
 */
export function admit(outcome: Outcome, mode: SignInMode): { checked: boolean } {
  if (outcome.kind === 'unchecked') return { checked: true }
  if (outcome.kind === 'failure') {
    if (mode === 'code') return { checked: false }
    // One sentence for all causes: none is the visitor's fault.
    const detail =
      'We cannot check email addresses right now. The problem is not your address. Try again in a few minutes.'
    const { retryAfterS, message } = outcome
    throw new HttpError('email-check-unavailable', detail, { retryAfterS, cause: new Error(message) })
  }
  const rejection = rejectionOf(outcome, mode)
  if (rejection) {
    const [type, message] = rejection
    throw new HttpError(type, message, { errors: [{ field: 'email', message }], didYouMean: outcome.didYouMean })
  }
  return { checked: true }
}

function rejectionOf(
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
