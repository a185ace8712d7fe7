import { readdirSync, readFileSync } from 'node:fs'
import { availableParallelism, cpus, loadavg } from 'node:os'

/** The kernel counts CPU time in ticks, a hundred a second on every Linux that Node runs on. */
const TICKS = 100

/**
 * Measures CPU time from now on.
 *
 * @param pid a process, with its children; this process when left out
 * @returns tells the seconds used so far; undefined where the system does not tell (no /proc)
 */
export function cpuMeter(pid?: number): () => number | undefined {
  const used = () => (pid === undefined ? ownCpu() : cpuOf(pid))
  const before = used()
  return () => {
    const now = used()
    return now === undefined || before === undefined ? undefined : now - before
  }
}

/** What a reader must know of the machine to trust a figure. Loads above the number of cores: others worked, too. */
export function machine(): { cores: number; model: string; load: number } {
  return {
    cores: availableParallelism(),
    model: cpus()[0]?.model.trim() ?? 'unknown',
    load: loadavg()[0] ?? Number.NaN,
  }
}

/** Resident memory of a process and its children in bytes; undefined without /proc. */
export function memoryOf(pid: number): number | undefined {
  return orUndefined(() =>
    familyOf(pid).reduce((sum, one) => {
      const kilobytes = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${one}/status`, 'utf8'))?.[1]
      return sum + Number(kilobytes ?? 0) * 1024
    }, 0),
  )
}

function ownCpu(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

function cpuOf(pid: number): number | undefined {
  return orUndefined(() => familyOf(pid).reduce((sum, one) => sum + (orUndefined(() => ticksOf(one)) ?? 0), 0) / TICKS)
}

/** User and system ticks; the name in brackets before them may hold blanks. */
function ticksOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ')
  return Number(fields[11]) + Number(fields[12])
}

function familyOf(pid: number): number[] {
  const threads = readdirSync(`/proc/${pid}/task`)
  const children = threads.flatMap((thread) =>
    readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
  )
  return [pid, ...children.flatMap((child) => orUndefined(() => familyOf(child)) ?? [])]
}

/** A process may end, or the system have no /proc. */
function orUndefined<Value>(read: () => Value): Value | undefined {
  try {
    return read()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error
    return undefined
  }
}
