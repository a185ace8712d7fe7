import { setTimeout as wait } from 'node:timers/promises'
import type { Ending, WorkerProcess } from './worker-process.ts'

/** A worker that lived shorter than this died young, in milliseconds. */
const YOUNG = 10_000
const FIRST_PAUSE = 100
const LONGEST_PAUSE = 10_000

export type Place = {
  /** The worker that holds it. */
  readonly current: WorkerProcess
  /** Starts a successor and, once that serves, lets the worker retire. @returns whether it serves; if not, nothing changed */
  renew(): Promise<boolean>
  /** Ends the worker for good, and those before it that have not ended yet. */
  stop(): Promise<Ending[]>
}

/**
 * A place that is held by one worker after another: a worker that ends is replaced at once, one that dies young after
 * a pause that doubles from death to death, up to 10 s.
 *
 * @param onEnd is told of each worker that ended by itself, and the pause before its successor starts
 */
export function createPlace(start: () => WorkerProcess, onEnd: (ending: Ending, pause: number) => void): Place {
  const stopping = new AbortController()
  let youngDeaths = 0
  let current = held(start())
  const retired = new Set<WorkerProcess>()

  function held(process: WorkerProcess): WorkerProcess {
    const begun = performance.now()
    void process.ended.then((ending) => replace(process, ending, performance.now() - begun))
    return process
  }

  async function replace(process: WorkerProcess, ending: Ending, lived: number): Promise<void> {
    if (process !== current || stopping.signal.aborted) return
    youngDeaths = lived < YOUNG ? youngDeaths + 1 : 0
    const pause = youngDeaths === 0 ? 0 : Math.min(FIRST_PAUSE * 2 ** (youngDeaths - 1), LONGEST_PAUSE)
    onEnd(ending, pause)
    await wait(pause, undefined, { signal: stopping.signal }).catch(() => {})
    if (process === current && !stopping.signal.aborted) current = held(start())
  }

  return {
    get current() {
      return current
    },
    async renew() {
      const before = current
      const successor = start()
      if (!(await successor.serving)) return false
      // It may have died meanwhile, and have got another successor.
      const replaced = current === before ? before : current
      current = held(successor)
      retired.add(replaced)
      void replaced.ended.then(() => retired.delete(replaced))
      await replaced.retire()
      return true
    },
    async stop() {
      stopping.abort()
      return await Promise.all([current, ...retired].map((process) => process.stop()))
    },
  }
}
