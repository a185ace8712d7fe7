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
import { readAnswer } from './emailable-answer.ts'
import { Fault, faultOfConnection } from './fault.ts'
import type { Verdict } from './verdict.ts'
import type { BreakerState, VerifierClient } from './verifier.ts'

/** In milliseconds. */
export const CLIENT_TIMING = {
  /** One request with its answer. Emailable itself answers after `PATIENCE` at the latest. */
  tryWithin: 4_000,
  /** Before the second try; doubles from try to try, shortened at random by up to half. */
  firstPause: 200,
  /** Between two questions for the verdict that Emailable is still at (249); it asks for a second or more. */
  askAgainAfter: 1_000,
  /** Who is told to wait longer than this gives up at once. */
  longestPause: 2_000,
  /** From the opening of the circuit to the one question that tries whether it can close. */
  restFor: 10_000,
}

/** Seconds that Emailable may wait for a mail server: its parameter `timeout`. */
const PATIENCE = 3
const MOST_RETRIES = 3
const FAILURES_TO_OPEN = 5

/**
 * The client of Emailable's `/v1/verify`.
 *
 * Promises: the key goes into a header and nowhere else, the address into the query as one encoded
 * value. 249, 429, 5xx and lost or late connections are tried again, at most three times, after a pause
 * that grows. All but 249 count for the circuit breaker, as answers to one odd address never do: nobody
 * can shut it for the others.
 *
 * @param url where Emailable is, without the path: `https://api.emailable.com`
 */
export function emailable(url: string, key: string, timing: Partial<typeof CLIENT_TIMING> = {}): VerifierClient {
  const { tryWithin, firstPause, askAgainAfter, longestPause, restFor } = { ...CLIENT_TIMING, ...timing }
  // Else `fetch` would refuse the header with an error that prints it.
  if (!/^[\x21-\x7e]+$/.test(key)) throw new TypeError('EMAILABLE_API_KEY has a character that no key has.')
  const endpoint = `${url.replace(/\/+$/, '')}/v1/verify`

  const pauseBefore = ({ attempt, result }: IRetryBackoffContext<unknown>) => {
    const fault = 'error' in result && result.error instanceof Fault ? result.error : undefined
    const least = Math.max(fault?.wait ?? 0, fault?.kind === 'busy' ? askAgainAfter : 0)
    return Math.max(least, firstPause * 2 ** (attempt - 1) * (0.5 + Math.random() / 2))
  }
  const mayPass = (error: unknown) =>
    error instanceof Fault && (error.kind === 'busy' || error.kind === 'transient') && error.wait <= longestPause
  const again = retry(handleWhen(mayPass), { maxAttempts: MOST_RETRIES, backoff: new DelegateBackoff(pauseBefore) })
  const circuit = circuitBreaker(
    handleWhen((error) => error instanceof Fault && error.kind === 'transient'),
    { breaker: new ConsecutiveBreaker(FAILURES_TO_OPEN), halfOpenAfter: restFor },
  )
  const inTime = timeout(tryWithin, { strategy: TimeoutStrategy.Cooperative, abortOnReturn: true })

  const request = async (email: string, signal: AbortSignal): Promise<Verdict> => {
    const query = new URLSearchParams({ email, timeout: String(PATIENCE) })
    const headers = { authorization: `Bearer ${key}`, accept: 'application/json' }
    try {
      return await readAnswer(await fetch(`${endpoint}?${query}`, { headers, redirect: 'manual', signal }), email)
    } catch (error) {
      throw error instanceof Fault ? error : faultOfConnection(error)
    }
  }

  return {
    ask: (email, signal) =>
      again.execute(async (question) => {
        // Before the circuit: a question that ended during a pause says nothing about Emailable.
        question.signal.throwIfAborted()
        return await circuit.execute(
          (tried) => inTime.execute(({ signal }) => request(email, signal), tried.signal),
          signal,
        )
      }, signal),
    get breaker() {
      return STATES[circuit.state]
    },
  }
}

const STATES: Record<CircuitState, BreakerState> = {
  [CircuitState.Closed]: 'closed',
  [CircuitState.Open]: 'open',
  [CircuitState.HalfOpen]: 'halfOpen',
  [CircuitState.Isolated]: 'open',
}
