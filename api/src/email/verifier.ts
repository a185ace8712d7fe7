import { hash } from 'node:crypto'
import { readEmail } from '@jotc/core/person/email'
import { BrokenCircuitError, TaskCancelledError, TimeoutStrategy, timeout } from 'cockatiel'
import type { FastifyBaseLogger } from 'fastify'
import fp from 'fastify-plugin'
import { Type } from 'typebox'
import { Check } from 'typebox/schema'
import { lruCache } from '../lru-cache.ts'
import type { Redis } from '../redis/redis.ts'
import { type Emailable, EmailableError, emailable, type Verdict, VerdictState } from './emailable.ts'

declare module 'fastify' {
  interface FastifyInstance {
    verifier: Verifier
  }
}

/** No verdict, for a reason that is not the visitor's. */
export type Failure = {
  kind: 'failure'
  /** `operator`: our credit, key or URL; only an operator can help. */
  reason: 'unavailable' | 'operator'
  /** For the log: a status or an error's name, never an address or a key. */
  message: string
  /** Whole seconds until a retry makes sense. */
  retryAfterS: number
}

/** `unchecked`: nobody was asked, because verification is off. */
export type Outcome = Verdict | { kind: 'unchecked' } | Failure

export type Verifier = {
  /**
   * The verdict on an address, in any spelling.
   *
   * @returns a verdict, `unchecked` while verification is off, or a failure; within 7.5 s whatever Emailable does
   * @throws {TypeError} if the text is not an email address: check that before (see `readEmail`)
   */
  verdictOf(email: string): Promise<Outcome>
  readonly counts: Readonly<Counts>
  /** `off`: verification is off. */
  readonly breaker: Emailable['breaker'] | 'off'
}

/**
 * Since this worker started: verdicts and failures by kind, answers from the cache (`cached`), and requests that joined
 * a running one (`shared`).
 */
type Counts = Record<VerdictState | Failure['reason'] | 'unchecked' | 'cached' | 'shared', number>

const BREAKER_STATES = ['off', 'closed', 'halfOpen', 'open']

/**
 * The email verifier, as `api.verifier`.
 *
 * @param url Emailable's, without the path
 * @param key undefined: verification is off
 */
export const verifier = fp<{ url: string; key: string | undefined }>(
  async (api, { url, key }) => {
    const verifier = createVerifier(key === undefined ? undefined : emailable(url, key), api.redis, api.log)
    api.decorate('verifier', verifier)
    api.metrics.counts('jotc_verifier_outcomes_total', 'What the verifier answered.', 'outcome', () => ({
      ...verifier.counts,
    }))
    api.metrics.gauges('jotc_verifier_breaker', 'The state of the circuit breaker: 1.', 'state', () =>
      Object.fromEntries(BREAKER_STATES.map((state) => [state, verifier.breaker === state ? 1 : 0])),
    )
  },
  { name: 'verifier', dependencies: ['metrics', 'redis'] },
)

/** One verdict, with all retries. */
const ANSWER_TIMEOUT_MS = 7_000

const WEEK_S = 7 * 24 * 60 * 60
/** How long a verdict is cached. An `unknown` may soon change. */
const LIFETIMES_S: Record<VerdictState, number> = {
  deliverable: WEEK_S,
  risky: WEEK_S,
  undeliverable: WEEK_S,
  unknown: 10 * 60,
}
const MAX_CACHED = 20_000
/** How long this worker caches a verdict from Redis, whose age it does not know. */
const FROM_REDIS_S = 60

/** Seconds until a retry makes sense, unless Emailable says otherwise. */
const RETRY_AFTER_S = 10
const MAX_RETRY_AFTER_S = 60

/**
 * Verdicts on addresses, cached in memory and in Redis.
 *
 * Promises (verifier.test.ts): however many ask a worker about one address at once, Emailable gets one request. Workers
 * share verdicts over Redis but do not wait for each other, so two may ask at once. Verdicts are cached 7 days, `unknown`
 * 10 minutes, failures never. Redis holds no address: keys are hashes, and a verdict with a suggestion stays in this
 * worker's memory. Neither address nor key is logged.
 *
 * @param client undefined: every address is `unchecked`
 */
export function createVerifier(
  client: Emailable | undefined,
  redis: Pick<Redis, 'get' | 'set'>,
  log: Pick<FastifyBaseLogger, 'info' | 'warn' | 'error'>,
): Verifier {
  const inTime = timeout(ANSWER_TIMEOUT_MS, { strategy: TimeoutStrategy.Aggressive, abortOnReturn: true })
  const running = new Map<string, Promise<Outcome>>()
  const cache = lruCache<string, Verdict>(MAX_CACHED, { ttl: FROM_REDIS_S * 1000 })
  const counts: Counts = {
    deliverable: 0,
    risky: 0,
    undeliverable: 0,
    unknown: 0,
    unavailable: 0,
    operator: 0,
    unchecked: 0,
    cached: 0,
    shared: 0,
  }

  async function answer(client: Emailable, email: string): Promise<Outcome> {
    const known = readCached(await redis.get(keyOf(email)))
    if (known) {
      counts.cached++
      cache.set(email, known)
      return known
    }
    try {
      const verdict = await inTime.execute(({ signal }) => client.ask(email, signal))
      counts[verdict.state]++
      await store(email, verdict)
      return verdict
    } catch (error) {
      const failure = failureOf(error)
      report(failure)
      return failure
    }
  }

  async function store(email: string, verdict: Verdict): Promise<void> {
    const { didYouMean, ...shared } = verdict
    const lifetimeS = LIFETIMES_S[verdict.state]
    cache.set(email, verdict, { ttl: lifetimeS * 1000 })
    if (didYouMean === undefined) await redis.set(keyOf(email), JSON.stringify(shared), lifetimeS)
  }

  function report({ reason, message }: Failure): void {
    counts[reason]++
    if (reason === 'operator') {
      log.error({ reason: message }, 'Emailable rejected our request: check the key, the credit and EMAILABLE_URL')
    } else log.warn({ reason: message, breaker: client?.breaker }, 'Emailable gave no verdict')
  }

  if (!client) log.info('email verification is off, checking only the format of addresses')

  return {
    async verdictOf(text) {
      const email = storedForm(text)
      if (!client) {
        counts.unchecked++
        return { kind: 'unchecked' }
      }
      const known = cache.get(email)
      if (known) {
        counts.cached++
        return known
      }
      if (running.has(email)) counts.shared++
      return await running.getOrInsertComputed(email, () => answer(client, email).finally(() => running.delete(email)))
    },
    counts,
    get breaker() {
      return client?.breaker ?? 'off'
    },
  }
}

function storedForm(text: string): string {
  const email = readEmail(text)
  if ('fault' in email) throw new TypeError(`This does not have the form of an email address: ${email.fault}.`)
  return email.value
}

function keyOf(email: string): string {
  return `verdict:${hash('sha256', email, 'base64url')}`
}

const Cached = Type.Object({
  kind: Type.Literal('verdict'),
  state: VerdictState,
  disposable: Type.Boolean(),
  acceptAll: Type.Boolean(),
})

/** Anything that is not a verdict counts as absent. */
function readCached(text = ''): Verdict | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return Check(Cached, value) ? value : undefined
  } catch {
    return undefined
  }
}

/** @throws any error that does not come from asking Emailable: that is a bug */
function failureOf(error: unknown): Failure {
  if (error instanceof EmailableError) {
    const reason = error.kind === 'operator' ? 'operator' : 'unavailable'
    const retryAfterS = Math.min(Math.ceil(error.retryAfterMs / 1_000) || RETRY_AFTER_S, MAX_RETRY_AFTER_S)
    return { kind: 'failure', reason, message: error.message, retryAfterS }
  }
  const message = MESSAGES.find(([type]) => error instanceof type)?.[1]
  if (message === undefined) throw error
  return { kind: 'failure', reason: 'unavailable', message, retryAfterS: RETRY_AFTER_S }
}

const MESSAGES = [
  [BrokenCircuitError, 'not asked: the circuit is open'],
  [TaskCancelledError, 'timed out'],
] as const
