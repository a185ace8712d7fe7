import cluster, { type Worker } from 'node:cluster'
import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { closeLostConnection } from './lost-connection.ts'
import type { ToWorker } from './messages.ts'

/** How long a worker may take until it serves, in milliseconds. */
const START_WITHIN = 30_000
/** How long one may take to end, in milliseconds: a little more than it takes for itself (shutdown.ts). */
const STOP_WITHIN = 10_000
const RETIRE_WITHIN = 15 * 60_000 + STOP_WITHIN

export type Ending = { code: number | null; signal: string | null }

export type WorkerProcess = {
  worker: Worker
  /** True once it accepts connections, warm; false when it ended before. */
  serving: Promise<boolean>
  ended: Promise<Ending>
  /** Lets it finish what it has begun; after 10 s it is killed. Resolves when it has ended. */
  stop(): Promise<Ending>
  /** Lets it finish what it has begun, in its own time. Resolves when it has ended, or after 10 s: it may go on. */
  retire(): Promise<void>
}

/**
 * Starts a worker; one that does not serve within 30 s is killed.
 *
 * @param place its number among the workers, which its successors take over
 */
export function startWorker(file: string, place: number): WorkerProcess {
  cluster.setupPrimary({ exec: file, args: [String(place)] })
  const worker = cluster.fork()
  closeLostConnection(worker)
  const kill = () => worker.process.kill('SIGKILL')
  const late = setTimeout(kill, START_WITHIN)
  const ended = once(worker, 'exit').then(([code, signal]): Ending => ({ code, signal }))
  const listening = Promise.withResolvers<boolean>()
  worker.on('listening', () => listening.resolve(true))
  const serving = Promise.race([listening.promise, ended.then(() => false)])
  void serving.then(() => clearTimeout(late))
  return {
    worker,
    serving,
    ended,
    async stop() {
      worker.process.kill('SIGTERM')
      const latest = setTimeout(kill, STOP_WITHIN)
      const ending = await ended
      clearTimeout(latest)
      return ending
    },
    async retire() {
      // One that is just ending no longer hears: that is no fault.
      worker.send({ kind: 'retire' } satisfies ToWorker, () => {})
      setTimeout(kill, RETIRE_WITHIN).unref()
      await Promise.race([ended, wait(STOP_WITHIN, undefined, { ref: false })])
    },
  }
}
