import type { TestContext } from 'node:test'
import type { Service } from '../service.ts'
import { type Reckoning, reckon, type Sql } from './reckoning.ts'
import { startSolvers } from './solvers.ts'

export type Ordeal = Reckoning & {
  /** Milliseconds from the end of the fault to the first answer 201 to a request that was begun after it. */
  backAfter: number
  /** How many workers ended by themselves meanwhile. */
  deaths: number
}

const CLIENTS = 16
/** Rounds of success before the fault, and after it. */
const ROUNDS = 5

/**
 * Lets clients work while `fault` happens, and reckons up what became of what they sent.
 *
 * @param sql reaches the database though the service may not
 * @param fault resolves when all is well again
 */
export async function ordeal(
  { service, sql }: { service: Service; sql: Sql },
  fault: () => Promise<unknown>,
): Promise<Ordeal> {
  const deathsBefore = deathsOf(service)
  const solvers = startSolvers(service.url, service.token, CLIENTS)
  for (let n = 0; n < ROUNDS; n++) await solvers.firstSuccess()
  await fault()
  const well = performance.now()
  const first = await solvers.firstSuccess()
  for (let n = 0; n < ROUNDS; n++) await solvers.firstSuccess()
  const reckoning = await reckon(await solvers.stop(), sql)
  return { ...reckoning, backAfter: Math.round(first.ended - well), deaths: deathsOf(service) - deathsBefore }
}

const deathsOf = ({ written }: Service) => written.out.split('a worker has ended').length - 1

/** What every ordeal promises, in one object to compare; its figures go to the test's report. */
export function verdict(t: TestContext, ordeal: Ordeal) {
  const { failed, lost, doubled, deaths, backAfter } = ordeal
  report(t, ordeal)
  return { failed, lost, doubled, deaths, backWithin2s: backAfter < 2_000 }
}

export const KEPT_ITS_PROMISES = { failed: [], lost: [], doubled: [], deaths: 0, backWithin2s: true }

/** The same where no request may fail at all. */
export const ALL_ANSWERED = { failed: [], refused: 0, lost: [], doubled: [] }

/** Of the failures those where the connection ended before an answer. */
export function withoutAnswer({ failed }: Ordeal): string[] {
  return failed.filter((failure) => failure.startsWith('no answer'))
}

export function report(t: TestContext, reckoning: Reckoning & { backAfter?: number }): void {
  const { sent, created, refused, failed, lost, doubled, longestOutage, backAfter } = reckoning
  const back = backAfter === undefined ? '' : `, back ${backAfter} ms after the fault`
  t.diagnostic(
    `${sent} sent, ${created} created, ${refused} refused by 503, ${failed.length} without an answer, ` +
      `${lost.length} lost, ${doubled.length} doubled; longest outage ${longestOutage} ms${back}`,
  )
}
