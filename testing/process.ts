import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

export type ServiceProcess = {
  child: ChildProcess
  /** What it has written so far. */
  written: { out: string; err: string }
  /** Its URL, once so many workers have come to listen. Rejects with what it wrote when it ended before. */
  listening(workers?: number): Promise<string>
  /** The process ids of all workers that came to listen, the latest last. */
  workers(): number[]
  /** Resolves once it has written this, so many times. */
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

  async function until<Found>(found: () => Found | undefined): Promise<Found> {
    for (;;) {
      const value = found()
      if (value !== undefined) return value
      const hasEnded = await Promise.race([once(child.stdout as NodeJS.ReadableStream, 'data'), ended.then(() => true)])
      if (hasEnded === true) throw new Error(`The service has ended: ${written.err}\n${written.out.slice(-2_000)}`)
    }
  }
  const starts = () => [...written.out.matchAll(/"pid":(\d+),[^\n]*listening at (http:\/\/[^"]+)/g)]

  return {
    child,
    written,
    ended,
    listening: async (workers = 1) => await until(() => starts()[workers - 1]?.[2]),
    workers: () => starts().map(([, pid]) => Number(pid)),
    wrote: async (text, times = 1) => void (await until(() => written.out.split(text).length > times || undefined)),
  }
}
