import { setTimeout as pause } from 'node:timers/promises'
import { readEmail } from '@jotc/core/person/email'
import { BrokenCircuitError, TaskCancelledError, TimeoutStrategy, timeout } from 'cockatiel'
import type { FastifyBaseLogger } from 'fastify'
import { LRUCache } from 'lru-cache'
import { Fault } from './fault.ts'
import { keptVerdicts, type VerdictStore } from './kept-verdicts.ts'
import type { Failure, Outcome, Verdict, VerdictState } from './verdict.ts'

export type BreakerState = 'closed' | 'open' | 'halfOpen'

/** Who checks addresses: emailable.ts. */
export type VerifierClient = {
  /**
   * Asks for the verdict on an address in its stored form (see `readEmail`), several times where a fault may pass.
   *
   * @param signal ends the question; then a running request is dropped and none is made any more
   * @throws Fault when there is no verdict, cockatiel's `BrokenCircuitError` when nobody was asked
   */
  ask(email: string, signal: AbortSignal): Promise<Verdict>
  /** `open`: it failed so often in a row that nobody asks it for a while. */
  readonly breaker: BreakerState
}

export type Verifier = {
  /**
   * The verdict on an address, in any spelling.
   *
   * @returns a verdict, `unchecked` where verification is off, or a failure, within 7.5 s whatever Emailable does
   * @throws TypeError when the text has not the form of an address (see `readEmail`): check that before
   */
  verdictOf(email: string): Promise<Outcome>
  readonly counts: Readonly<Counts>
  /** `off` where there is nobody to ask. */
  readonly breaker: BreakerState | 'off'
}

/**
 * Since the start of this worker: verdicts that Emailable gave and failures, each by its kind; answers
 * that came from the store (`kept`); people who joined a question that was being asked (`shared`).
 */
export type Counts = Record<VerdictState | Failure['reason'] | 'unchecked' | 'kept' | 'shared', number>

/** In milliseconds. */
export const VERIFIER_TIMING = {
  /** A question and all its tries. */
  answerWithin: 7_000,
  /** After that we ask ourselves, though another worker is asking. */
  waitForOther: 4_000,
  /** Between two looks whether the other worker has the verdict. */
  lookEvery: 100,
}

/** Verdicts in this worker's memory too, for so many milliseconds: who signs in again costs no question to the store. */
const REMEMBERED_FOR = 60_000
const MOST_REMEMBERED = 20_000

/** While the circuit is open, or Emailable says nothing else, seconds until asking again makes sense. */
const RETRY_AFTER = 10
const LONGEST_RETRY_AFTER = 60

type Options = {
  /** Absent: nobody is asked, and every address is `unchecked`. */
  client: VerifierClient | undefined
  store: VerdictStore
  log: Pick<FastifyBaseLogger, 'info' | 'warn' | 'error'>
  timing?: Partial<typeof VERIFIER_TIMING>
}

/**
 * Verdicts on addresses, each asked for once.
 *
 * Promises: however many ask for one address at the same moment, Emailable gets one question: in this
 * worker they share it, other workers wait for its verdict in the store. Verdicts are kept 7 days,
 * `unknown` 10 minutes, failures never. Neither address nor key is logged.
 * (verifier.test.ts holds each promise to account.)
 */
export function createVerifier({ client, store, log, timing }: Options): Verifier {
  const { answerWithin, waitForOther, lookEvery } = { ...VERIFIER_TIMING, ...timing }
  const kept = keptVerdicts(store)
  const inTime = timeout(answerWithin, { strategy: TimeoutStrategy.Aggressive, abortOnReturn: true })
  const running = new Map<string, Promise<Outcome>>()
  const remembered = new LRUCache<string, Verdict>({ max: MOST_REMEMBERED, ttl: REMEMBERED_FOR })
  const counts = noCounts()

  async function answer(client: VerifierClient, email: string): Promise<Outcome> {
    const known = await recall(email)
    if (known) return known
    try {
      return await inTime.execute(({ signal }) => askInTurn(client, email, signal))
    } catch (error) {
      return fail(failureOf(error))
    }
  }

  /** Waits while another worker asks; it may fail or die, so not for long. */
  async function askInTurn(client: VerifierClient, email: string, signal: AbortSignal): Promise<Verdict> {
    const patientUntil = performance.now() + waitForOther
    while (!(await kept.takeTurn(email))) {
      if (performance.now() >= patientUntil) return await ask(client, email, signal)
      await pause(lookEvery * (0.5 + Math.random()), undefined, { signal })
      const known = await recall(email)
      if (known) return known
    }
    try {
      // The turn may have ended between our last look and now, with a verdict.
      return (await recall(email)) ?? (await ask(client, email, signal))
    } finally {
      await kept.endTurn(email)
    }
  }

  async function ask(client: VerifierClient, email: string, signal: AbortSignal): Promise<Verdict> {
    const verdict = await client.ask(email, signal)
    counts[verdict.state]++
    await kept.keep(email, verdict)
    return verdict
  }

  async function recall(email: string): Promise<Verdict | undefined> {
    const verdict = remembered.get(email) ?? (await kept.read(email))
    if (verdict) {
      counts.kept++
      if (!remembered.has(email)) remembered.set(email, verdict)
    }
    return verdict
  }

  function fail(failure: Failure): Failure {
    counts[failure.reason]++
    const { fault } = failure
    if (failure.reason === 'operator')
      log.error({ fault }, 'Emailable refuses us: check credits, key and EMAILABLE_URL')
    else log.warn({ fault, breaker: client?.breaker }, 'Emailable gave no verdict')
    return failure
  }

  if (!client) log.info('email verification is off: addresses are checked for their form only')

  return {
    async verdictOf(text) {
      // Most who ask give the stored form, and most addresses that are asked for again are still in memory.
      const known = remembered.get(text)
      if (known) {
        counts.kept++
        return known
      }
      const email = storedForm(text)
      if (!client) {
        counts.unchecked++
        return { kind: 'unchecked' }
      }
      const asked = running.get(email)
      if (asked !== undefined) {
        counts.shared++
        return await asked
      }
      const asking = answer(client, email).finally(() => running.delete(email))
      running.set(email, asking)
      return await asking
    },
    counts,
    get breaker() {
      return client?.breaker ?? 'off'
    },
  }
}

function storedForm(text: string): string {
  const email = readEmail(text)
  if ('fault' in email) throw new TypeError(`This is not the form of an email address: ${email.fault}.`)
  return email.value
}

/** @throws whatever says nothing about Emailable: that is unexpected */
function failureOf(error: unknown): Failure {
  if (error instanceof Fault) {
    const reason = error.kind === 'operator' ? 'operator' : 'unavailable'
    const wait = Math.ceil(error.wait / 1_000) || RETRY_AFTER
    return { kind: 'failure', reason, fault: error.message, retryAfter: Math.min(wait, LONGEST_RETRY_AFTER) }
  }
  const fault = FAULTS.find(([type]) => error instanceof type)?.[1]
  if (fault === undefined) throw error
  return { kind: 'failure', reason: 'unavailable', fault, retryAfter: RETRY_AFTER }
}

const FAULTS = [
  [BrokenCircuitError, 'not asked: the circuit is open'],
  [TaskCancelledError, 'no verdict in time'],
] as const

function noCounts(): Counts {
  return {
    deliverable: 0,
    risky: 0,
    undeliverable: 0,
    unknown: 0,
    unavailable: 0,
    operator: 0,
    unchecked: 0,
    kept: 0,
    shared: 0,
  }
}
