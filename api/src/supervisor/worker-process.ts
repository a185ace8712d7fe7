import cluster, { type Worker } from 'node:cluster'
import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import type { MetricsAnswer, MetricsQuestion } from '../observe/metrics.ts'
import type { Config } from '../settings.ts'

/** How long a worker may take to start. A busy machine needs half of it. */
const START_TIMEOUT_MS = 60_000
/** How long it may take to stop: slightly more than its own deadline (worker.ts). */
const STOP_TIMEOUT_MS = 10_000
const RETIRE_TIMEOUT_MS = 15 * 60_000 + STOP_TIMEOUT_MS
/** In MB. V8's default is smaller and takes many collections while modules load: 6 % of their CPU, for 2 MB of memory. */
const SEMI_SPACE = '--min-semi-space-size=8'

/** Settings that a worker sends to the supervisor, which does not read them: that would double its start time and size. */
export type SupervisorSettings = Pick<Config, 'WORKERS' | 'LOG_LEVEL' | 'LOG_FORMAT'>

export type FromWorker = { kind: 'settings'; settings: SupervisorSettings } | MetricsQuestion
/** `retire`: another worker has taken over, so exit once everything begun is done. */
export type ToWorker = { kind: 'retire' } | MetricsAnswer

export type Exit = { code: number | null; signal: string | null }

export type WorkerProcess = {
  worker: Worker
  /** When it began to accept connections (`performance.now()`); Infinity before that. */
  readonly readyAt: number
  /** Resolves to true once it accepts connections, to false if it exits before. */
  ready: Promise<boolean>
  exited: Promise<Exit>
  send(message: ToWorker): void
  /** Lets it finish what it has begun, and kills it after 10 s. Resolves when it has exited. */
  stop(): Promise<Exit>
  /** Lets it finish what it has begun. Resolves when it has exited, or after 10 s while it goes on. */
  retire(): Promise<void>
}

/**
 * Starts a worker that runs this file, and kills it if it is not ready within a minute. This module loads only Node's own
 * modules, so that a supervisor forks its first worker as early as possible.
 */
export function startWorker(file: string): WorkerProcess {
  cluster.setupPrimary({ exec: file, execArgv: [...process.execArgv, SEMI_SPACE] })
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
  // A worker that is just exiting misses the message, which does no harm.
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
 * Sets a piped standard output to non-blocking: for a stalled reader writes fail with EAGAIN. All processes on a pipe
 * share that mode. Each Node process sets it to blocking when it starts and restores it when it exits, so this is called
 * after both.
 */
function neverBlockOutput(): void {
  const { _handle } = process.stdout as { _handle?: { setBlocking?(isBlocking: boolean): void } }
  if (!process.stdout.isTTY) _handle?.setBlocking?.(false)
}
