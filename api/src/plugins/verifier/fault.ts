/**
 * `busy`: Emailable is at it (249), the same question will be answered. `passing`: too often, their
 * fault, or the way there. `strange`: an answer outside its documentation, or a question it refuses.
 * `operator`: our credits, key or URL.
 */
export type FaultKind = 'busy' | 'passing' | 'strange' | 'operator'

/** Why Emailable gave no verdict. The message says it for the log, without address or key. */
export class Fault extends Error {
  readonly kind: FaultKind
  /** Milliseconds that Emailable asks us to wait at least. */
  readonly wait: number

  constructor(kind: FaultKind, message: string, wait = 0) {
    super(message)
    this.kind = kind
    this.wait = wait
  }
}

/** The fault that a status other than 200 means; `retryAfter` is the header of that name. */
export function faultOfStatus(status: number, retryAfter: string | null): Fault {
  return new Fault(kindOf(status), `status ${status}`, waitIn(retryAfter))
}

/** The fault of a request that brought no complete answer: Node's error code, such as `ECONNRESET`. */
export function faultOfConnection(error: unknown): Fault {
  const { name, cause } = error as { name?: string; cause?: { code?: string } }
  return new Fault('passing', name === 'AbortError' ? 'no answer in time' : (cause?.code ?? name ?? 'connection lost'))
}

function kindOf(status: number): FaultKind {
  if (status === 249) return 'busy'
  if (status === 429 || status >= 500) return 'passing'
  // 404 is among them: the one path we ask is missing only where EMAILABLE_URL points at something else.
  return [401, 402, 403, 404].includes(status) ? 'operator' : 'strange'
}

/** A Retry-After in milliseconds: seconds or an HTTP date (RFC 9110, 10.2.3); 0 where it is neither. */
function waitIn(retryAfter: string | null): number {
  if (retryAfter === null) return 0
  const wait = /^\d+$/.test(retryAfter) ? Number(retryAfter) * 1_000 : Date.parse(retryAfter) - Date.now()
  return Number.isFinite(wait) ? Math.max(0, wait) : 0
}
