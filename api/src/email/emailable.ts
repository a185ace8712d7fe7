import { readEmail } from '@jotc/core/person/email'
import {
  CircuitState,
  ConsecutiveBreaker,
  circuitBreaker,
  DelegateBackoff,
  handleWhen,
  type IRetryBackoffContext,
  retry,
  TimeoutStrategy,
  timeout,
} from 'cockatiel'
import { type Static, Type } from 'typebox'
import { Check } from 'typebox/schema'

export type VerdictState = Static<typeof VerdictState>
export const VerdictState = Type.Enum(['deliverable', 'risky', 'undeliverable', 'unknown'])

/** What Emailable says of an address. */
export type Verdict = {
  kind: 'verdict'
  state: VerdictState
  /** A temporary address; may come with any state. */
  disposable: boolean
  /** The mail server accepts every name, so nobody can tell whether this one exists. */
  acceptAll: boolean
  /** The address that was probably meant: well-formed, and different. Only suggested, never used silently. */
  didYouMean?: string
}

export const EMAILABLE_TIMING = {
  /** One request with its answer. Emailable itself answers within `SMTP_TIMEOUT_S`. */
  requestTimeoutMs: 4_000,
  /** Before the first retry; doubles with each, minus up to half at random. */
  firstPauseMs: 200,
  /** Between two requests for a verdict in progress (249): Emailable asks for at least a second. */
  busyPauseMs: 1_000,
  /** A longer Retry-After ends the retries at once. */
  maxPauseMs: 2_000,
  /** How long the circuit stays open, before one request tries whether it can close. */
  openCircuitMs: 10_000,
}

/** How long Emailable may wait for a mail server: its parameter `timeout`. */
const SMTP_TIMEOUT_S = 3
const MAX_RETRIES = 3
const FAILURES_TO_OPEN = 5

/**
 * - `busy`: still working; the same request will be answered later.
 * - `transient`: too many requests, a server error, or a connection error.
 * - `unexpected`: an undocumented answer, or a request that Emailable rejects.
 * - `operator`: our credit, key or URL.
 */
type Kind = 'busy' | 'transient' | 'unexpected' | 'operator'

/** Emailable gave no verdict. The message is for the log, without address or key. */
export class EmailableError extends Error {
  override readonly name = 'EmailableError'
  readonly kind: Kind
  /** The least that Emailable asks us to wait. */
  readonly retryAfterMs: number

  constructor(kind: Kind, message: string, retryAfterMs = 0) {
    super(message)
    this.kind = kind
    this.retryAfterMs = retryAfterMs
  }
}

export type Emailable = {
  /**
   * Asks for the verdict on an address in its stored form (see `readEmail`), with retries after transient errors.
   *
   * @param signal aborts the running request and further retries
   * @throws {EmailableError} when there is no verdict; cockatiel's `BrokenCircuitError` while the circuit is open
   */
  ask(email: string, signal: AbortSignal): Promise<Verdict>
  /** `open`: after failures in a row, Emailable is not asked for a while. */
  readonly breaker: 'closed' | 'open' | 'halfOpen'
}

/**
 * The client of Emailable's `/v1/verify`.
 *
 * Promises: the key is sent in a header only, the address as one encoded query value. 249, 429, 5xx and lost or slow
 * connections are retried at most three times, with growing pauses. All of these except 249 count for the circuit
 * breaker; answers about one odd address do not, so nobody can open it for others.
 *
 * @param url Emailable's, without the path: `https://api.emailable.com`
 */
export function emailable(url: string, key: string, timing: Partial<typeof EMAILABLE_TIMING> = {}): Emailable {
  const { requestTimeoutMs, firstPauseMs, busyPauseMs, maxPauseMs, openCircuitMs } = { ...EMAILABLE_TIMING, ...timing }
  // Otherwise `fetch` rejects the header with an error that prints the key.
  if (!/^[\x21-\x7e]+$/.test(key)) throw new TypeError('EMAILABLE_API_KEY has a character that no key has.')
  const endpoint = `${url.replace(/\/+$/, '')}/v1/verify`

  const pauseBefore = ({ attempt, result }: IRetryBackoffContext<unknown>) => {
    const error = 'error' in result && result.error instanceof EmailableError ? result.error : undefined
    const least = Math.max(error?.retryAfterMs ?? 0, error?.kind === 'busy' ? busyPauseMs : 0)
    return Math.max(least, firstPauseMs * 2 ** (attempt - 1) * (0.5 + Math.random() / 2))
  }
  const isRetryable = (error: unknown) =>
    error instanceof EmailableError &&
    (error.kind === 'busy' || error.kind === 'transient') &&
    error.retryAfterMs <= maxPauseMs
  const retrying = retry(handleWhen(isRetryable), {
    maxAttempts: MAX_RETRIES,
    backoff: new DelegateBackoff(pauseBefore),
  })
  const circuit = circuitBreaker(
    handleWhen((error) => error instanceof EmailableError && error.kind === 'transient'),
    { breaker: new ConsecutiveBreaker(FAILURES_TO_OPEN), halfOpenAfter: openCircuitMs },
  )
  const inTime = timeout(requestTimeoutMs, { strategy: TimeoutStrategy.Cooperative, abortOnReturn: true })

  async function request(email: string, signal: AbortSignal): Promise<Verdict> {
    const query = new URLSearchParams({ email, timeout: String(SMTP_TIMEOUT_S) })
    const headers = { authorization: `Bearer ${key}`, accept: 'application/json' }
    try {
      return await readAnswer(await fetch(`${endpoint}?${query}`, { headers, redirect: 'manual', signal }), email)
    } catch (error) {
      throw error instanceof EmailableError ? error : connectionError(error)
    }
  }

  return {
    ask: (email, signal) =>
      retrying.execute(async (attempt) => {
        // Outside the circuit: being aborted during a pause says nothing about Emailable.
        attempt.signal.throwIfAborted()
        return await circuit.execute(
          (tried) => inTime.execute(({ signal }) => request(email, signal), tried.signal),
          signal,
        )
      }, signal),
    get breaker() {
      return BREAKER_STATES[circuit.state]
    },
  }
}

const BREAKER_STATES: Record<CircuitState, Emailable['breaker']> = {
  [CircuitState.Closed]: 'closed',
  [CircuitState.Open]: 'open',
  [CircuitState.HalfOpen]: 'halfOpen',
  [CircuitState.Isolated]: 'open',
}

const Flag = Type.Optional(Type.Union([Type.Boolean(), Type.Null()]))

/** The fields of Emailable's answer that we use. */
const Answer = Type.Object({
  state: VerdictState,
  disposable: Flag,
  accept_all: Flag,
  did_you_mean: Type.Optional(Type.Union([Type.String(), Type.Null()])),
})

/**
 * Reads an answer about `email`. Only a 200 with one of the four known states is a verdict.
 *
 * @throws {EmailableError} for any other answer; an error of `fetch` if the connection ends within the body
 */
async function readAnswer(response: Response, email: string): Promise<Verdict> {
  if (response.status !== 200) {
    await response.body?.cancel()
    throw statusError(response.status, response.headers.get('retry-after'))
  }
  const answer = parsed(await response.text())
  if (!Check(Answer, answer)) throw new EmailableError('unexpected', 'unexpected response')
  const verdict: Verdict = {
    kind: 'verdict',
    state: answer.state,
    disposable: answer.disposable ?? false,
    acceptAll: answer.accept_all ?? false,
  }
  const meant = readEmail(answer.did_you_mean ?? '')
  return 'value' in meant && meant.value !== email ? { ...verdict, didYouMean: meant.value } : verdict
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The error of a status other than 200. @param retryAfter the header */
export function statusError(status: number, retryAfter: string | null): EmailableError {
  return new EmailableError(kindOf(status), `status ${status}`, millisecondsOf(retryAfter))
}

function kindOf(status: number): Kind {
  if (status === 249) return 'busy'
  if (status === 429 || status >= 500) return 'transient'
  // Also 404: our one path is only missing if EMAILABLE_URL points elsewhere.
  return [401, 402, 403, 404].includes(status) ? 'operator' : 'unexpected'
}

/** Converts a Retry-After (seconds or an HTTP date, RFC 9110, 10.2.3) to milliseconds; 0 if it is neither. */
function millisecondsOf(retryAfter: string | null): number {
  if (retryAfter === null) return 0
  const wait = /^\d+$/.test(retryAfter) ? Number(retryAfter) * 1_000 : Date.parse(retryAfter) - Date.now()
  return Number.isFinite(wait) ? Math.max(0, wait) : 0
}

/** A request without a complete answer, named by Node's error code, such as `ECONNRESET`. */
function connectionError(error: unknown): EmailableError {
  const { name, cause } = error as { name?: string; cause?: { code?: string } }
  return new EmailableError(
    'transient',
    name === 'AbortError' ? 'timed out' : (cause?.code ?? name ?? 'connection lost'),
  )
}
