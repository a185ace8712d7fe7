import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import type { NetworkCondition, TcpProxy } from '@jotc/testing/servers/proxy'
import { type Clients, type Comparison, startClients } from './load.ts'
import type { Served, Service } from './system.ts'

export type FaultOutcome = Comparison & {
  /** How many workers ended by themselves meanwhile. */
  deaths: number
}

/** It happens, lasts as long as it is told, and is over when this resolves. */
export type Fault = (last: () => Promise<unknown>) => Promise<unknown>

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
  const clients = startClients(t, served, pauseMs)
  await succeeds(clients)
  await fault(clients)
  const well = performance.now()
  const first = await clients.firstSuccess()
  await succeeds(clients)
  const comparison = await clients.stop()
  report(t, comparison, `, back ${Math.round(first.ended - well)} ms after the fault`)
  return { ...comparison, deaths: deathsOf(served.service) - deathsBefore }
}

export function onNetwork({ become }: TcpProxy, condition: NetworkCondition): Fault {
  return async (last) => {
    await become(condition)
    await last()
    await become('pass')
  }
}

/** Resolves when boards have been recorded several times, one time after the other. */
export async function succeeds(clients: Clients): Promise<void> {
  for (let n = 0; n < ROUNDS; n++) await clients.firstSuccess()
}

const deathsOf = ({ written }: Service) => written.out.split('worker exited, ').length - 1

/** What is promised where workers are killed: a killed worker answers nobody, and whoever is not answered knows that. */
export const NOTHING_LOST = { failed: [], lost: [], doubled: [] }

/** What is promised under every fault of what the service needs; `deaths` are those of workers. */
export const AS_PROMISED = { ...NOTHING_LOST, deaths: 0 }

/** Asserts those members of an outcome that a promise names. */
export function assertPromised(outcome: Comparison, promise: Partial<FaultOutcome>): void {
  const promised = Object.entries(outcome).filter(([name]) => name in promise)
  assert.deepEqual(Object.fromEntries(promised), promise)
}

export function report(t: TestContext, outcome: Comparison, more = ''): void {
  const { sent, created, refused, cut, failed, lost, doubled, longestOutage } = outcome
  t.diagnostic(
    `${sent} boards sent, ${created} created, ${refused} refused by 503, ${cut} of batches broken off, ${failed.length} without ` +
      `an answer, ${lost.length} lost, ${doubled.length} doubled; longest outage ${longestOutage} ms${more}`,
  )
}
