import type { Worker } from 'node:cluster'
import pino from 'pino'
import { loggerOptions, loggerOutput } from '../observe/log-lines.ts'
import type { LogOutput } from '../observe/log-output.ts'
import type { FromWorker, SupervisorSettings } from './messages.ts'
import { createPlace, type Place } from './place.ts'
import { createSummedMetrics } from './summed-metrics.ts'
import { type Ending, startWorker } from './worker-process.ts'

/**
 * Keeps the workers, until SIGTERM or SIGINT.
 *
 * Promises (supervise.test.ts holds each to account):
 * - The first worker shows that the start can succeed: when it ends before it serves, so does everything, with an exit
 *   code that is not 0, and one line. Only then the others start.
 * - A worker that ends is replaced at once, one that dies young after a growing pause; the others go on.
 * - SIGTERM and SIGINT end all workers, which finish what they have begun, within 10 s; then the exit code is 0.
 * - SIGHUP replaces the workers one by one: each by one that serves already. They read the settings' files again. What
 *   the old ones have begun is ended, if it takes a quarter of an hour.
 *
 * @param file what a worker runs; it gets its place as its argument
 */
export async function supervise(file: string): Promise<void> {
  const places: Place[] = []
  const running = new Set<Worker>()
  const metrics = createSummedMetrics(() => [...running])
  const settingsSent = Promise.withResolvers<SupervisorSettings>()
  let log: pino.Logger | undefined
  let output: LogOutput | undefined
  let stopping = false
  let renewing = false
  /** One that is asked for while another goes on comes after it: what has changed since is not in that one. */
  let wanted = false

  function start(number: number) {
    const started = startWorker(file, number)
    const { worker } = started
    running.add(worker)
    worker.on('message', (message: FromWorker) => {
      if (message.kind === 'settings') settingsSent.resolve(message.settings)
      else void metrics.receive(worker, message)
    })
    // What is in the channel of a worker that is just ending is lost: that is no fault.
    worker.on('error', (error) => log?.debug({ err: error }, 'the channel to a worker failed'))
    void started.serving.then((serves) => serves && logServing(number))
    void started.ended.then(() => {
      running.delete(worker)
      return metrics.workerEnded(worker)
    })
    return started
  }

  function open(number: number): Place {
    const place = createPlace(
      () => start(number),
      (ending, pause) => {
        if (!log) return
        metrics.countEnd(ending)
        log.error({ place: number, ...ending, pause }, 'a worker has ended and is replaced')
      },
    )
    places.push(place)
    return place
  }

  function logServing(place: number): void {
    log?.info({ place }, 'a worker serves')
  }

  async function stop(why: string): Promise<void> {
    if (stopping) return
    stopping = true
    log?.info(`stopping: ${why}`)
    const endings = await Promise.all(places.map((place) => place.stop()))
    log?.info('stopped')
    await output?.written()
    process.exit(endings.flat().some(({ signal }) => signal === 'SIGKILL') ? 1 : 0)
  }

  async function renew(): Promise<void> {
    wanted = true
    if (renewing) return
    renewing = true
    while (wanted && !stopping) {
      wanted = false
      log?.info('replacing the workers, one by one')
      for (const place of places) {
        if (stopping || (await place.renew())) continue
        log?.error('the new worker does not serve: the others stay as they are')
        break
      }
      if (!stopping) log?.info('done replacing')
    }
    renewing = false
  }

  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop(signal))
  process.on('SIGHUP', () => void renew())
  // Started by another process, the service ends with it.
  process.on('disconnect', () => void stop('the parent process is gone'))

  const first = open(0).current
  if (!(await first.serving)) return await refuseStart(await first.ended)
  const settings = await settingsSent.promise
  output = await loggerOutput(settings.LOG_FORMAT)
  log = pino(loggerOptions(settings.LOG_LEVEL), output)
  logServing(0)
  for (let number = 1; number < settings.WORKERS && !stopping; number++) open(number)

  async function refuseStart({ code, signal }: Ending): Promise<void> {
    if (stopping) return
    // With code 1 it has said why.
    if (code !== 1) console.error(`The service cannot start: its first worker has ended (${signal ?? `exit ${code}`}).`)
    process.exit(1)
  }
}
