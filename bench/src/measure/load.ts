import { createHistogram } from 'node:perf_hooks'
import { type Load, load, type Request, send } from '@jotc/testing/load'
import { cpuMeter } from './machine.ts'

/** What is sent where: requests in turn, and the status that each must be answered with. */
export type Target = { url: string; pid: number; requests: readonly Request[]; status: number }

export type LoadMeasured = Awaited<ReturnType<typeof measureLoad>>

/** @throws when an answer is another than expected: then nothing here is worth measuring */
export async function measureLoad({ url, pid, requests, status }: Target, how: Load) {
  const latencies = createHistogram({ figures: 3 })
  let sent = 0
  const [ofGenerator, ofService] = [cpuMeter(), cpuMeter(pid)]
  const begun = performance.now()
  await load(url, how, async (client, due) => {
    const answer = await send(client, requests[sent++ % requests.length] as Request)
    if (answer.status !== status) throw new Error(`The service answered ${answer.status}: ${answer.body}`)
    latencies.record(Math.max(1, Math.round((performance.now() - due) * 1000)))
  })
  const seconds = (performance.now() - begun) / 1000
  return {
    /** Answers a second. */
    perSecond: latencies.count / seconds,
    /** Latencies in milliseconds, from the moment at which a request was due. */
    p50: latencies.percentile(50) / 1000,
    p99: latencies.percentile(99) / 1000,
    /** Share of one core that the generator used, 0 to 1: near 1 it measures itself. */
    generator: ofGenerator() / seconds,
    /** CPU that the service's processes used, in microseconds a request; NaN where the system does not tell. */
    cpu: (ofService() / latencies.count) * 1e6,
  }
}
