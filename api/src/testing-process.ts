import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

export type ServiceProcess = {
  child: ChildProcess
  /** What it has written so far. */
  written: { out: string; err: string }
  /** Its URL, once it listens. Rejects with what it wrote when it ended before. */
  listening(): Promise<string>
  /** Exit code and signal, once it has ended and all that it wrote was read. */
  ended: Promise<unknown>
}

/** The service as a process of its own, on a free port; killed after the test. */
export function startProcess(
  test: { after(end: () => void): void },
  environment: Record<string, string>,
): ServiceProcess {
  const child = fork(fileURLToPath(new URL('main.ts', import.meta.url)), {
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

  async function listening(): Promise<string> {
    for (;;) {
      const url = /listening at (http:\/\/[^"]+)/.exec(written.out)?.[1]
      if (url !== undefined) return url
      const hasEnded = await Promise.race([once(child.stdout as NodeJS.ReadableStream, 'data'), ended.then(() => true)])
      if (hasEnded === true) throw new Error(`The service has ended: ${written.err}`)
    }
  }
  return { child, written, listening, ended }
}
