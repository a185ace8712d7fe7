import type { Worker } from 'node:cluster'
import { setTimeout as wait } from 'node:timers/promises'
import { Counter, collectDefaultMetrics, Gauge, Registry } from '@prometheus-io/client'
import type { FromWorker, Metrics, ToWorker } from './messages.ts'
import type { Ending } from './worker-process.ts'

/** A worker that does not answer within so many milliseconds is summed as it was last. */
const ANSWER_WITHIN = 1_000

/**
 * The metrics of all workers, summed, and the supervisor's own.
 *
 * Promises: a counter that was read never falls, though workers end, orderly or killed: what an ended one had counted
 * when it was last read stays in the sum (a sum that falls looks like a restart, and makes every rate a lie).
 */
export function createSummedMetrics(workers: () => Worker[]) {
  const own = new Registry()
  collectDefaultMetrics({ register: own, labels: { worker: 'supervisor' } })
  new Gauge({
    name: 'jotc_workers',
    help: 'Workers that run.',
    registers: [own],
    collect() {
      this.set(workers().length)
    },
  })
  const ends = new Counter({
    name: 'jotc_worker_ends_total',
    help: 'Workers that ended by themselves, by exit code or signal.',
    labelNames: ['how'],
    registers: [own],
  })

  const lastOf = new Map<Worker, Metrics>()
  let ended: Metrics = []
  let questions = 0
  const open = new Map<number, { missing: Set<Worker>; complete(): void }>()

  async function sum(): Promise<string> {
    const asked = workers().filter((worker) => worker.isConnected())
    const question = ++questions
    const { promise, resolve } = Promise.withResolvers<void>()
    open.set(question, { missing: new Set(asked), complete: resolve })
    for (const worker of asked) tell(worker, { kind: 'metrics wanted', question })
    if (asked.length > 0) await Promise.race([promise, wait(ANSWER_WITHIN, undefined, { ref: false })])
    open.delete(question)
    return await Registry.aggregate([await own.getMetricsAsJSON(), ended, ...lastOf.values()]).metrics()
  }

  return {
    /** Takes what a worker sends. */
    async receive(worker: Worker, message: FromWorker): Promise<void> {
      if (message.kind === 'sum wanted') {
        const text = await sum()
        if (worker.isConnected()) tell(worker, { kind: 'sum', question: message.question, text })
      }
      if (message.kind === 'metrics') {
        lastOf.set(worker, message.metrics)
        const question = open.get(message.question)
        question?.missing.delete(worker)
        if (question?.missing.size === 0) question.complete()
      }
    },

    /** Keeps what an ended worker had counted. */
    async workerEnded(worker: Worker): Promise<void> {
      const last = lastOf.get(worker)
      if (!last) return
      lastOf.delete(worker)
      const counted = last.filter(({ type }) => type === 'counter' || type === 'histogram')
      ended = await Registry.aggregate([ended, counted]).getMetricsAsJSON()
    },

    /** Counts a worker that ended by itself. */
    countEnd({ code, signal }: Ending): void {
      ends.inc({ how: signal ?? `exit ${code}` })
    },
  }
}

function tell(worker: Worker, message: ToWorker): void {
  // A worker that is just ending no longer hears: that is no fault.
  worker.send(message, () => {})
}
