import { readdirSync, readFileSync } from 'node:fs'

/** What a process has at a moment: memory in kB, open files and sockets. */
type Sample = { at: number; memory: number; files: number }

type Growth = { pid: number; memoryBefore: number; memoryAfter: number; filesBefore: number; filesAfter: number }

const EVERY = 5_000

/** Looks at processes every five seconds, until it is stopped. Linux alone has /proc. */
export function watch(pids: readonly number[]) {
  const begun = performance.now()
  const seen = new Map<number, Sample[]>(pids.map((pid) => [pid, []]))
  const timer = setInterval(() => {
    for (const [pid, samples] of seen) samples.push({ at: performance.now() - begun, ...sampleOf(pid) })
  }, EVERY)
  return {
    stop: () => clearInterval(timer),
    /** The medians of two spans of time, in milliseconds from the beginning. */
    growth: (before: [number, number], after: [number, number]): Growth[] =>
      [...seen].map(([pid, samples]) => {
        const during = ([from, to]: [number, number]) => samples.filter(({ at }) => at >= from && at < to)
        return {
          pid,
          memoryBefore: median(during(before).map(({ memory }) => memory)),
          memoryAfter: median(during(after).map(({ memory }) => memory)),
          filesBefore: median(during(before).map(({ files }) => files)),
          filesAfter: median(during(after).map(({ files }) => files)),
        }
      }),
  }
}

function sampleOf(pid: number): Omit<Sample, 'at'> {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  return {
    memory: Number(/^VmRSS:\s*(\d+)/m.exec(status)?.[1]),
    files: readdirSync(`/proc/${pid}/fd`).length,
  }
}

function median(values: number[]): number {
  return values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}
