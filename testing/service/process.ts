import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** Longer than anything takes, on a machine that is four times slower too. */
const PATIENCE_MS = 120_000

const { NODE_COMPILE_CACHE = '' } = process.env
/** All that a service gets of our environment; it starts in two thirds of the CPU time then. */
export const INHERITED = { NODE_COMPILE_CACHE }

export type ServiceProcess = ReturnType<typeof startProcess>

/** The service as a process of its own, on a free port; killed after the test. */
export function startProcess(test: { after(end: () => void): void }, environment: Record<string, string>) {
  const child = fork(fileURLToPath(import.meta.resolve('@jotc/api/main')), {
    silent: true,
    env: { ...INHERITED, API_PORT: '0', LOG_FORMAT: 'json', ...environment },
  })
  test.after(() => void child.kill('SIGKILL'))
  const written = { out: '', err: '' }
  child.stdout?.on('data', (chunk) => {
    written.out += chunk
  })
  child.stderr?.on('data', (chunk) => {
    written.err += chunk
  })
  const streams = [child.stdout, child.stderr].map((stream) => once(stream as NodeJS.ReadableStream, 'close'))
  const ended = Promise.all([once(child, 'exit'), ...streams]).then(([exit]) => exit)

  let isOver = false
  void ended.then(() => {
    isOver = true
  })

  async function until<Found>(what: string, found: () => Found | undefined): Promise<Found> {
    const late = AbortSignal.timeout(PATIENCE_MS)
    for (;;) {
      const value = found()
      if (value !== undefined) return value
      if (isOver || late.aborted) break
      const more = once(child.stdout as NodeJS.ReadableStream, 'data', { signal: late })
      await Promise.race([more.catch(() => {}), ended])
    }
    child.kill('SIGKILL')
    const why = isOver ? 'has ended' : 'says no more'
    throw new Error(`The service ${why}; awaited was ${what}:\n${written.err}\n${written.out.slice(-5_000)}`)
  }
  /** Of each worker that came to listen, in JSON and in lines for people. */
  const urls = () => [...written.out.matchAll(/listening at (http:[\w/.:]+)["\s]/g)].map(([, url]) => url)

  return {
    child,
    /** What it has written so far. */
    written,
    /** Exit code and signal, once it has ended and all that it wrote was read. */
    ended,
    /** Its URL, once so many workers have come to listen. @throws what it wrote, when it ended before or never does */
    listening: async (workers = 1) => await until(`worker ${workers} to listen`, () => urls()[workers - 1]),
    /** The process ids of all workers that came to listen, the latest last. */
    workers: () => [...written.out.matchAll(/"pid":(\d+),[^\n]*listening at /g)].map(([, pid]) => Number(pid)),
    /** Resolves once it has written this, so many times. @throws as `listening` */
    wrote: async (text: string, times = 1): Promise<void> =>
      void (await until(`“${text}”`, () => written.out.split(text).length > times || undefined)),
  }
}
