import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** Longer than anything takes, on a machine that is four times slower too. */
const PATIENCE_MS = 120_000

export type ServiceProcess = {
  child: ChildProcess
  /** What it has written so far. */
  written: { out: string; err: string }
  /** Its URL, once so many workers have come to listen. Rejects with what it wrote when it ended before, or is ended because it never does. */
  listening(workers?: number): Promise<string>
  /** The process ids of all workers that came to listen, the latest last. */
  workers(): number[]
  /** Resolves once it has written this, so many times. Rejects, as `listening`, where that does not come. */
  wrote(text: string, times?: number): Promise<void>
  /** Exit code and signal, once it has ended and all that it wrote was read. */
  ended: Promise<unknown>
}

/** The service as a process of its own, on a free port; killed after the test. */
export function startProcess(
  test: { after(end: () => void): void },
  environment: Record<string, string>,
): ServiceProcess {
  const child = fork(fileURLToPath(import.meta.resolve('@jotc/api/main')), {
    silent: true,
    env: { API_PORT: '0', LOG_FORMAT: 'json', ...environment },
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

  async function until<Found>(what: string, found: () => Found | undefined): Promise<Found> {
    const late = AbortSignal.timeout(PATIENCE_MS)
    for (;;) {
      const value = found()
      if (value !== undefined) return value
      const more = once(child.stdout as NodeJS.ReadableStream, 'data', { signal: late })
      const isOver = await Promise.race([
        more.then(
          () => '',
          () => 'says no more',
        ),
        ended.then(() => 'has ended'),
      ])
      if (isOver === '') continue
      child.kill('SIGKILL')
      throw new Error(`The service ${isOver}; awaited was ${what}:\n${written.err}\n${written.out.slice(-5_000)}`)
    }
  }
  /** Of each worker that came to listen, in JSON and in lines for people. */
  const urls = () => [...written.out.matchAll(/listening at (http:[\w/.:]+)["\s]/g)].map(([, url]) => url)

  return {
    child,
    written,
    ended,
    listening: async (workers = 1) => await until(`worker ${workers} to listen`, () => urls()[workers - 1]),
    workers: () => [...written.out.matchAll(/"pid":(\d+),[^\n]*listening at /g)].map(([, pid]) => Number(pid)),
    wrote: async (text, times = 1) =>
      void (await until(`“${text}”`, () => written.out.split(text).length > times || undefined)),
  }
}
