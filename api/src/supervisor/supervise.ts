import { setTimeout as wait } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { SupervisorMetrics } from './observe.ts'
import { type FromWorker, type SupervisorSettings, startWorker, type WorkerProcess } from './worker-process.ts'

/** A worker that exits so soon after it was ready, or before, died young: the next one starts after a pause, which doubles from death to death. */
const YOUNG_MS = 10_000
const MIN_PAUSE_MS = 100
const MAX_PAUSE_MS = 10_000

/**
 * Keeps the workers, until SIGTERM or SIGINT.
 *
 * Promises (supervise.test.ts holds each to account):
 * - The first worker shows that the start can succeed: when it exits before it is ready, so does everything, with an
 *   exit code that is not 0, and one line. Only then the others start.
 * - A worker that exits is replaced at once, one that dies young after a growing pause; the others go on.
 * - SIGTERM and SIGINT end all workers, which finish what they have begun, within 10 s; then the exit code is 0.
 * - SIGHUP replaces the workers one at a time, each by one that is ready already and has read the settings' files
 *   again. What the old ones have begun is finished, if it takes a quarter of an hour.
 *
 * @param file what a worker runs
 */
export async function supervise(file: string): Promise<void> {
  /** Those that run, and those of them that are replaced when they exit: not the ones that retire. */
  const running = new Set<WorkerProcess>()
  const kept = new Set<WorkerProcess>()
  const settingsSent = Promise.withResolvers<SupervisorSettings>()
  const metrics = Promise.withResolvers<SupervisorMetrics>()
  let log: Logger | undefined
  let youngDeaths = 0
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
    // What is in the channel of a worker that is just exiting is lost: that is no error.
    worker.on('error', (error) => log?.debug({ err: error }, 'IPC channel to a worker failed'))
    void ready.then((isReady) => isReady && log?.info({ worker: worker.id }, 'worker ready'))
    void exited.then(() => running.delete(started))
    return started
  }

  function keep(process: WorkerProcess): void {
    kept.add(process)
    void process.exited.then(async (exit) => {
      if (!kept.delete(process) || isStopping) return
      youngDeaths = performance.now() - process.readyAt < YOUNG_MS ? youngDeaths + 1 : 0
      const pauseMs = youngDeaths === 0 ? 0 : Math.min(MIN_PAUSE_MS * 2 ** (youngDeaths - 1), MAX_PAUSE_MS)
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
  /** Asked for while another replacement goes on: what has changed since is not in that one. */
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
      // One that has exited meanwhile has got a replacement, so that there is one too many.
      const leaving = kept.delete(process) ? process : next
      kept.delete(leaving)
      await leaving.retire()
    }
    return true
  }

  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop(signal))
  process.on('SIGHUP', () => void replaceAll())
  // Started by another process, the service ends with it.
  process.on('disconnect', () => void stop('parent process exited'))

  const first = start()
  // Beside the first worker, which takes longer: so nothing waits for them.
  const { supervisorLog, supervisorMetrics } = await import('./observe.ts')
  metrics.resolve(supervisorMetrics(running))
  if (!(await first.ready)) {
    const { code, signal } = await first.exited
    if (isStopping) return
    // With code 1 it has said why.
    if (code !== 1) console.error(`The service could not start: its first worker exited (${signal ?? `exit ${code}`}).`)
    process.exit(1)
  }
  const settings = await settingsSent.promise
  log = await supervisorLog(settings)
  log.info({ worker: first.worker.id }, 'worker ready')
  keep(first)
  while (kept.size < settings.WORKERS && !isStopping) keep(start())
}
