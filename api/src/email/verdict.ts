import { type Static, Type } from 'typebox'

export type VerdictState = Static<typeof VerdictState>
export const VerdictState = Type.Union([
  Type.Literal('deliverable'),
  Type.Literal('risky'),
  Type.Literal('undeliverable'),
  Type.Literal('unknown'),
])

/** What the verifier says of an address. */
export type Verdict = {
  kind: 'verdict'
  state: VerdictState
  /** A throw-away address; may come with any state. */
  disposable: boolean
  /** The mail server takes mail for every name, so nobody can tell whether this one exists. */
  acceptAll: boolean
  /** The address that was probably meant: well-formed and another one. An offer; nobody swaps it in silently. */
  didYouMean?: string
}

/** Nobody was asked, because verification is off. */
type Unchecked = { kind: 'unchecked' }

/** No verdict, for a reason that is not the visitor's. */
export type Failure = {
  kind: 'failure'
  /** `operator`: our credits, key or URL; nothing gets better until an operator acts. */
  reason: 'unavailable' | 'operator'
  /** What happened, for the log: a status or an error's name, never an address or a key. */
  fault: string
  /** Whole seconds after which asking again makes sense. */
  retryAfter: number
}

export type Outcome = Verdict | Unchecked | Failure
