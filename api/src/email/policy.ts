import { Refusal } from '../http/refusals.ts'
import type { Failure, Outcome, Verdict } from './verdict.ts'

/** How one signs in: with details alone, or also with a code sent to the address, which proves the mailbox. */
export type SignInMode = 'details' | 'code'

/** The address is refused, with a reason in words of its own. */
export class EmailRefused extends Refusal {
  override readonly didYouMean: string | undefined

  constructor(message: string, didYouMean: string | undefined) {
    super(400, message, { errors: [{ field: 'email', message }] })
    this.didYouMean = didYouMean
  }
}

/** No verdict where one is needed. The same words whatever happened: it is never the visitor's fault. */
class VerifierUnavailable extends Refusal {
  constructor({ retryAfter, fault }: Failure) {
    const message =
      'The service that checks email addresses does not answer at the moment. ' +
      'Your address is not the reason: try again in a little while.'
    super(503, message, { headers: { 'retry-after': String(retryAfter) }, cause: new Error(fault) })
  }
}

/**
 * What the outcome of a verification means for who wants to sign in.
 *
 * In `details` mode only a deliverable address that is no throw-away signs in (or any, where
 * verification is off). In `code` mode only undeliverable and throw-away addresses are refused: the
 * mailed code proves the rest. `state` alone decides, never `reason`; a deliverable address on a server
 * that takes every name is deliverable.
 *
 * @returns `checked`: false when the address should have been checked, but could not
 * @throws EmailRefused (400); in `details` mode VerifierUnavailable (503)
 */
export function admit(outcome: Outcome, mode: SignInMode): { checked: boolean } {
  if (outcome.kind === 'unchecked') return { checked: true }
  if (outcome.kind === 'failure') {
    if (mode === 'code') return { checked: false }
    throw new VerifierUnavailable(outcome)
  }
  const reason = reasonAgainst(outcome, mode)
  if (reason !== undefined) throw new EmailRefused(reason, outcome.didYouMean)
  return { checked: true }
}

function reasonAgainst({ state, disposable, acceptAll }: Verdict, mode: SignInMode): string | undefined {
  if (state === 'undeliverable') return 'Mail to this address cannot be delivered. Check how it is written.'
  if (disposable) return 'This is a throw-away address. Use one that you will keep.'
  if (mode === 'code' || state === 'deliverable') return undefined
  if (state === 'unknown') {
    return 'The mail server did not tell whether this address exists. Try again in ten minutes, or use another one.'
  }
  return acceptAll
    ? 'Its mail server takes mail for any name, so nobody can tell whether this address exists. Use another one.'
    : 'Mail to this address may well be lost. Use another address.'
}
