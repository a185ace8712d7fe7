import { existsSync, globSync, readFileSync } from 'node:fs'
import { availableParallelism, cpus, loadavg } from 'node:os'

/** The kernel counts CPU time in ticks, a hundred a second on every Linux that Node runs on. */
const TICKS = 100

/**
 * Measures CPU time from now on.
 *
 * @param pid a process, with its children; this process when left out
 * @returns tells the seconds used so far; NaN where the system does not tell (no /proc)
 */
export function cpuMeter(pid?: number): () => number {
  const used = () => (pid === undefined ? ownCpu() : sumOf(pid, ticksOf) / TICKS)
  const before = used()
  return () => used() - before
}

/** What a reader must know of the machine to trust a figure. Loads above the number of cores: others worked, too. */
export function machine(): { cores: number; model: string; load: number } {
  return {
    cores: availableParallelism(),
    model: cpus()[0]?.model.trim() ?? 'unknown',
    load: loadavg()[0] ?? Number.NaN,
  }
}

/** Resident memory of a process and its children in bytes; NaN without /proc. */
export function memoryOf(pid: number): number {
  return sumOf(pid, (one) => 1024 * Number(/VmRSS:\s+(\d+) kB/.exec(read(`/proc/${one}/status`))?.[1] ?? 0))
}

function ownCpu(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

/** User and system ticks; the name in brackets before them may hold blanks. */
function ticksOf(pid: number): number {
  const fields = read(`/proc/${pid}/stat`)
    .replace(/^.*\) /s, '')
    .split(' ')
  return Number(fields[11] ?? 0) + Number(fields[12] ?? 0)
}

function sumOf(pid: number, of: (pid: number) => number): number {
  if (!existsSync('/proc/self/stat')) return Number.NaN
  return familyOf(pid).reduce((sum, one) => sum + of(one), 0)
}

function familyOf(pid: number): number[] {
  const children = globSync(`/proc/${pid}/task/*/children`).flatMap((file) => read(file).match(/\d+/g) ?? [])
  return [pid, ...children.flatMap((child) => familyOf(Number(child)))]
}

/** Nothing of a process that has ended. */
function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
