import cluster, { type Worker } from 'node:cluster'
import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import type { MetricsAnswer, MetricsQuestion } from '../observe/metrics.ts'
import type { Config } from '../settings.ts'

/** How long a worker may take until it serves; a busy machine needs half of it. */
const START_TIMEOUT_MS = 60_000
/** How long one may take to end: a little more than it takes for itself (worker.ts). */
const STOP_TIMEOUT_MS = 10_000
const RETIRE_TIMEOUT_MS = 15 * 60_000 + STOP_TIMEOUT_MS

/** What the supervisor must know of the settings. It does not read them itself: that would double its start and size. */
export type SupervisorSettings = Pick<Config, 'WORKERS' | 'LOG_LEVEL' | 'LOG_FORMAT'>

export type FromWorker = { kind: 'settings'; settings: SupervisorSettings } | MetricsQuestion
/** `retire`: another worker serves in its place, so it ends when all is done that it has begun. */
export type ToWorker = { kind: 'retire' } | MetricsAnswer

export type Exit = { code: number | null; signal: string | null }

export type WorkerProcess = {
  worker: Worker
  /** When it began to accept connections, by `performance.now`; never: infinity. */
  readonly readyAt: number
  /** True once it accepts connections; false when it exited before. */
  ready: Promise<boolean>
  exited: Promise<Exit>
  send(message: ToWorker): void
  /** Lets it finish what it has begun; after 10 s it is killed. Resolves when it has exited. */
  stop(): Promise<Exit>
  /** Lets it finish what it has begun, in its own time. Resolves when it has exited, or after 10 s: it may go on. */
  retire(): Promise<void>
}

/**
 * Starts a worker that runs this file; one that is not ready within a minute is killed. Nothing is loaded for it here but
 * what Node has: a supervisor forks its first worker as soon as it runs.
 */
export function startWorker(file: string): WorkerProcess {
  cluster.setupPrimary({ exec: file })
  const worker = cluster.fork()
  neverBlockOutput()
  const kill = () => worker.process.kill('SIGKILL')
  const late = setTimeout(kill, START_TIMEOUT_MS)
  const exited = once(worker, 'exit').then(([code, signal]): Exit => ({ code, signal }))
  void exited.then(neverBlockOutput)
  const listening = Promise.withResolvers<boolean>()
  let readyAt = Number.POSITIVE_INFINITY
  worker.on('listening', () => {
    readyAt = performance.now()
    listening.resolve(true)
  })
  const ready = Promise.race([listening.promise, exited.then(() => false)])
  void ready.then(() => clearTimeout(late))
  // One that is just exiting no longer hears: that is no error.
  const send = (message: ToWorker) => void worker.send(message, () => {})
  return {
    worker,
    get readyAt() {
      return readyAt
    },
    ready,
    exited,
    send,
    async stop() {
      worker.process.kill('SIGTERM')
      const latest = setTimeout(kill, STOP_TIMEOUT_MS)
      const exit = await exited
      clearTimeout(latest)
      return exit
    },
    async retire() {
      send({ kind: 'retire' })
      setTimeout(kill, RETIRE_TIMEOUT_MS).unref()
      await Promise.race([exited, wait(STOP_TIMEOUT_MS, undefined, { ref: false })])
    },
  }
}

/**
 * Makes writing to a pipe never block: a reader that stalls is told by EAGAIN. Processes share that mode with the pipe;
 * each that is started begins by making it block again, and restores at its end what it found. So this is called after
 * both.
 */
function neverBlockOutput(): void {
  const { _handle } = process.stdout as { _handle?: { setBlocking?(isBlocking: boolean): void } }
  if (!process.stdout.isTTY) _handle?.setBlocking?.(false)
}
