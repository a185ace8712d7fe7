import { AggregatorRegistry, Counter, collectDefaultMetrics, Gauge, Registry } from '@prometheus-io/client'
import pino, { type Logger } from 'pino'
import { loggerOptions, logOutput } from '../observe/log-output.ts'
import type { Exit, SupervisorSettings, WorkerProcess } from './worker-process.ts'

export { logWritten } from '../observe/log-output.ts'

export type SupervisorMetrics = ReturnType<typeof supervisorMetrics>

export async function supervisorLog({ LOG_LEVEL, LOG_FORMAT }: SupervisorSettings): Promise<Logger> {
  return pino(loggerOptions(LOG_LEVEL), await logOutput(LOG_FORMAT))
}

/** The metrics of all workers, summed by the client library, and the supervisor's own. */
export function supervisorMetrics(running: ReadonlySet<WorkerProcess>) {
  const own = new Registry()
  const registers = [own]
  collectDefaultMetrics({ register: own, labels: { worker: 'supervisor' } })
  const collect = function (this: Gauge) {
    this.set(running.size)
  }
  new Gauge({ name: 'jotc_workers', help: 'Running workers.', registers, collect })
  const help = 'Workers that exited by themselves, by exit code or signal.'
  const exits = new Counter({ name: 'jotc_worker_ends_total', help, labelNames: ['how'], registers })
  AggregatorRegistry.setRegistries(own)
  const all = new AggregatorRegistry()
  return {
    /** Undefined if a worker does not answer in time: a partial sum would look like a restart. */
    text: () => all.clusterMetrics().catch(() => undefined),
    countExit: ({ code, signal }: Exit) => exits.inc({ how: signal ?? `exit ${code}` }),
  }
}
