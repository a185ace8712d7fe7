import type { TestContext } from 'node:test'
import { type Clients, type Comparison, startClients } from './load.ts'
import type { Served, Service } from './system.ts'

export type FaultOutcome = Comparison & {
  /** Milliseconds from the end of the fault to the first answer 201 to a request that was begun after it. */
  backAfter: number
  /** How many workers ended by themselves meanwhile. */
  deaths: number
}

/** Rounds of success before the fault, and after it. */
const ROUNDS = 5

/**
 * Lets clients submit boards while `fault` happens, tells what became of them, and reports its figures.
 *
 * @param fault resolves when all is well again
 * @param pauseMs how long each client waits after an answer: without a pause they would take all that there is, and
 *   on a busy machine the service would refuse some, as it should
 */
export async function injectFault(
  t: TestContext,
  served: Served,
  fault: (clients: Clients) => Promise<unknown>,
  pauseMs = 20,
): Promise<FaultOutcome> {
  const deathsBefore = deathsOf(served.service)
  const clients = startClients(served, pauseMs)
  await succeeds(clients)
  await fault(clients)
  const well = performance.now()
  const first = await clients.firstSuccess()
  await succeeds(clients)
  const backAfter = Math.round(first.ended - well)
  const comparison = await clients.stop()
  report(t, comparison, `, back ${backAfter} ms after the fault`)
  return { ...comparison, backAfter, deaths: deathsOf(served.service) - deathsBefore }
}

/** Resolves when boards have been recorded several times, one time after the other. */
export async function succeeds(clients: Clients): Promise<void> {
  for (let n = 0; n < ROUNDS; n++) await clients.firstSuccess()
}

const deathsOf = ({ written }: Service) => written.out.split('worker exited, ').length - 1

/** What is promised under every fault of what the service needs; `deaths` are those of workers. */
export const AS_PROMISED = { failed: [], lost: [], doubled: [], deaths: 0 }

/** What is promised where workers are killed: a killed worker answers nobody, and whoever is not answered knows that. */
export const NOTHING_LOST = { failed: [], lost: [], doubled: [] }

/** The same where no request may fail at all. */
export const ALL_ANSWERED = { ...NOTHING_LOST, refused: 0, cut: 0 }

/** Those of the outcome's members that a promise names. */
export function promised<Promise extends object>(outcome: FaultOutcome, promise: Promise): Partial<FaultOutcome> {
  return Object.fromEntries(Object.entries(outcome).filter(([name]) => name in promise))
}

export function report(t: TestContext, outcome: Comparison, more = ''): void {
  const { sent, created, refused, cut, failed, lost, doubled, longestOutage } = outcome
  t.diagnostic(
    `${sent} boards sent, ${created} created, ${refused} refused by 503, ${cut} of batches broken off, ${failed.length} without ` +
      `an answer, ${lost.length} lost, ${doubled.length} doubled; longest outage ${longestOutage} ms${more}`,
  )
}
