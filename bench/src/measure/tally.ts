import { createHistogram, type RecordableHistogram } from 'node:perf_hooks'
import type { Answer } from './connection.ts'
import { cpuMeter } from './machine.ts'

/** What is sent where: requests in turn, and the status that each must be answered with. */
export type Target = { port: number; pid: number; requests: readonly Buffer[]; status: number }

export type LoadMeasured = {
  /** Answers a second. */
  perSecond: number
  /** Latencies in milliseconds. */
  p50: number
  p99: number
  /** Share of one core that the generator used, 0 to 1: near 1 it measures itself. */
  generator: number
  /** CPU that the service's processes used, in microseconds a request; undefined where the system does not tell. */
  cpu: number | undefined
}

/** Hands out the requests of a target in turn, and counts their answers. */
export class Tally {
  readonly #target: Target
  readonly #latencies: RecordableHistogram = createHistogram({ figures: 3 })
  #sent = 0
  #answers = 0

  constructor(target: Target) {
    this.#target = target
  }

  next(): Buffer {
    const { requests } = this.#target
    return requests[this.#sent++ % requests.length] as Buffer
  }

  /** @throws when the answer is another than expected: then nothing here is worth measuring */
  record(begun: number, { status, body }: Answer): void {
    if (status !== this.#target.status) throw new Error(`The service answered ${status}: ${body}`)
    this.#answers++
    this.#latencies.record(Math.max(1, Math.round((performance.now() - begun) * 1000)))
  }

  /** What was counted while `run` ran. */
  async measure(run: () => Promise<void>): Promise<LoadMeasured> {
    const ofGenerator = cpuMeter()
    const ofService = cpuMeter(this.#target.pid)
    const begun = performance.now()
    await run()
    const seconds = (performance.now() - begun) / 1000
    const service = ofService()
    return {
      perSecond: this.#answers / seconds,
      p50: this.#latencies.percentile(50) / 1000,
      p99: this.#latencies.percentile(99) / 1000,
      generator: (ofGenerator() ?? Number.NaN) / seconds,
      cpu: service === undefined ? undefined : (service / this.#answers) * 1e6,
    }
  }
}
