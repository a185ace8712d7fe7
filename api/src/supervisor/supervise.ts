import { setTimeout as wait } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { SupervisorMetrics } from './observe.ts'
import { type FromWorker, type SupervisorSettings, startWorker, type WorkerProcess } from './worker-process.ts'

/** A worker that exits sooner than this after it was ready is replaced after a pause, which doubles with each early exit in a row. */
const EARLY_EXIT_MS = 10_000
const MIN_PAUSE_MS = 100
const MAX_PAUSE_MS = 10_000

/**
 * Runs the workers until SIGTERM or SIGINT.
 *
 * Promises, each with a test in supervise.test.ts:
 * - The other workers start once the first one is ready. If it exits before that, the service exits too, with one line
 *   and a code other than 0.
 * - A worker that exits is replaced at once, or after a growing pause if it exits early; the others go on.
 * - SIGTERM and SIGINT end all workers within 10 s. They finish what they have begun; then the exit code is 0.
 * - SIGHUP replaces the workers one at a time. Each new one is ready, with the settings' files read again, before the old
 *   one retires. Old ones have a quarter of an hour to finish what they have begun.
 *
 * @param file what a worker runs
 */
export async function supervise(file: string): Promise<void> {
  const running = new Set<WorkerProcess>()
  /** Running workers that are replaced when they exit; retiring ones are not. */
  const kept = new Set<WorkerProcess>()
  const settingsSent = Promise.withResolvers<SupervisorSettings>()
  const metrics = Promise.withResolvers<SupervisorMetrics>()
  let log: Logger | undefined
  let earlyExits = 0
  let isStopping = false

  function start(): WorkerProcess {
    const started = startWorker(file)
    const { worker, ready, exited } = started
    running.add(started)
    worker.on('message', async (message: FromWorker) => {
      if (message.kind === 'settings') settingsSent.resolve(message.settings)
      if (message.kind !== 'metrics wanted') return
      started.send({ kind: 'metrics', text: await (await metrics.promise).text() })
    })
    // Messages to a worker that is just exiting are lost, which does no harm.
    worker.on('error', (error) => log?.debug({ err: error }, 'IPC channel to a worker failed'))
    void ready.then((isReady) => isReady && log?.info({ worker: worker.id }, 'worker ready'))
    void exited.then(() => running.delete(started))
    return started
  }

  function keep(process: WorkerProcess): void {
    kept.add(process)
    void process.exited.then(async (exit) => {
      if (!kept.delete(process) || isStopping) return
      earlyExits = performance.now() - process.readyAt < EARLY_EXIT_MS ? earlyExits + 1 : 0
      const pauseMs = earlyExits === 0 ? 0 : Math.min(MIN_PAUSE_MS * 2 ** (earlyExits - 1), MAX_PAUSE_MS)
      void metrics.promise.then(({ countExit }) => countExit(exit))
      log?.error({ worker: process.worker.id, ...exit, pauseMs }, 'worker exited, starting a replacement')
      await wait(pauseMs)
      if (!isStopping) keep(start())
    })
  }

  async function stop(why: string): Promise<void> {
    if (isStopping) return
    isStopping = true
    log?.info(`stopping: ${why}`)
    const exits = await Promise.all([...running].map((process) => process.stop()))
    log?.info('stopped')
    await (await import('./observe.ts')).logWritten()
    process.exit(exits.some(({ signal }) => signal === 'SIGKILL') ? 1 : 0)
  }

  let isReplacing = false
  /** A SIGHUP came during a replacement, whose new workers may have read their settings before it. */
  let isWantedAgain = false
  async function replaceAll(): Promise<void> {
    isWantedAgain = isReplacing
    if (isReplacing) return
    isReplacing = true
    do {
      isWantedAgain = false
      log?.info('replacing workers one at a time')
      if (await replaceEach([...kept])) log?.info('workers replaced')
    } while (isWantedAgain && !isStopping)
    isReplacing = false
  }

  /** @returns whether all were replaced */
  async function replaceEach(old: WorkerProcess[]): Promise<boolean> {
    for (const process of old) {
      if (isStopping) return false
      const next = start()
      if (!(await next.ready)) {
        if (!isStopping) log?.error('new worker did not become ready, keeping the old ones')
        return false
      }
      keep(next)
      // If it exited meanwhile, it was replaced already: then `next` is one too many.
      const leaving = kept.delete(process) ? process : next
      kept.delete(leaving)
      await leaving.retire()
    }
    return true
  }

  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop(signal))
  process.on('SIGHUP', () => void replaceAll())
  // Started by a parent process, the service ends with it.
  process.on('disconnect', () => void stop('parent process exited'))

  const first = start()
  // Loads while the first worker starts, which takes longer.
  const { supervisorLog, supervisorMetrics } = await import('./observe.ts')
  metrics.resolve(supervisorMetrics(running))
  if (!(await first.ready)) {
    const { code, signal } = await first.exited
    if (isStopping) return
    // A worker that exits with code 1 has printed why.
    if (code !== 1) console.error(`The service could not start: its first worker exited (${signal ?? `exit ${code}`}).`)
    process.exit(1)
  }
  const settings = await settingsSent.promise
  log = await supervisorLog(settings)
  log.info({ worker: first.worker.id }, 'worker ready')
  keep(first)
  while (kept.size < settings.WORKERS && !isStopping) keep(start())
}
