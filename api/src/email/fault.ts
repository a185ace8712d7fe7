/**
 * `busy`: the verifier is still at it, the same question will be answered. `transient`: too often, their fault, or the
 * way there. `strange`: an answer outside its documentation, or a question it refuses. `operator`: our credits, key or
 * URL.
 */
export type FaultKind = 'busy' | 'transient' | 'strange' | 'operator'

/** Why the verifier gave no verdict. The message says it for the log, without address or key. */
export class Fault extends Error {
  readonly kind: FaultKind
  /** Milliseconds that the verifier asks us to wait at least. */
  readonly wait: number

  constructor(kind: FaultKind, message: string, wait = 0) {
    super(message)
    this.kind = kind
    this.wait = wait
  }
}

/** The fault of a request that brought no complete answer: Node's error code, such as `ECONNRESET`. */
export function faultOfConnection(error: unknown): Fault {
  const { name, cause } = error as { name?: string; cause?: { code?: string } }
  return new Fault(
    'transient',
    name === 'AbortError' ? 'no answer in time' : (cause?.code ?? name ?? 'connection lost'),
  )
}
