import type { TestContext } from 'node:test'
import type { Service } from '../service.ts'
import { startClients } from './clients.ts'
import { type Comparison, compareWithRows, type Sql } from './compare-with-rows.ts'

export type FaultOutcome = Comparison & {
  /** Milliseconds from the end of the fault to the first answer 201 to a request that was begun after it. */
  backAfter: number
  /** How many workers ended by themselves meanwhile. */
  deaths: number
}

const CLIENTS = 16
/** Rounds of success before the fault, and after it. */
const ROUNDS = 5

/**
 * Lets clients submit boards while `fault` happens, and tells what became of them.
 *
 * @param sql reaches the database though the service may not
 * @param fault resolves when all is well again
 * @param pauseMs how long each client waits after an answer
 */
export async function injectFault(
  { service, sql }: { service: Service; sql: Sql },
  fault: () => Promise<unknown>,
  pauseMs = 0,
): Promise<FaultOutcome> {
  const deathsBefore = deathsOf(service)
  const clients = startClients(service.url, service.token, CLIENTS, pauseMs)
  for (let n = 0; n < ROUNDS; n++) await clients.firstSuccess()
  await fault()
  const well = performance.now()
  const first = await clients.firstSuccess()
  for (let n = 0; n < ROUNDS; n++) await clients.firstSuccess()
  const comparison = await compareWithRows(await clients.stop(), sql)
  return { ...comparison, backAfter: Math.round(first.ended - well), deaths: deathsOf(service) - deathsBefore }
}

const deathsOf = ({ written }: Service) => written.out.split('worker exited, ').length - 1

/** What is promised under every fault, in one object to compare; its figures go to the test's report. */
export function summarize(t: TestContext, outcome: FaultOutcome) {
  const { failed, lost, doubled, deaths, backAfter } = outcome
  report(t, outcome)
  return { failed, lost, doubled, deaths, backWithin2s: backAfter < 2_000 }
}

export const AS_PROMISED = { failed: [], lost: [], doubled: [], deaths: 0, backWithin2s: true }

/** The same where no request may fail at all. */
export const ALL_ANSWERED = { failed: [], refused: 0, lost: [], doubled: [] }

/** Of the failures those where the connection ended before an answer. */
export function withoutAnswer({ failed }: FaultOutcome): string[] {
  return failed.filter((failure) => failure.startsWith('no answer'))
}

export function report(t: TestContext, outcome: Comparison & { backAfter?: number }): void {
  const { sent, created, refused, failed, lost, doubled, longestOutage, backAfter } = outcome
  const back = backAfter === undefined ? '' : `, back ${backAfter} ms after the fault`
  t.diagnostic(
    `${sent} sent, ${created} created, ${refused} refused by 503, ${failed.length} without an answer, ` +
      `${lost.length} lost, ${doubled.length} doubled; longest outage ${longestOutage} ms${back}`,
  )
}
