import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { get } from 'node:http'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { ROOT } from './settings.ts'

/** How long a part may take to answer. */
const START_TIMEOUT_MS = 120_000
/** How long a part may take to end before it is killed. */
const STOP_TIMEOUT_MS = 3_000

/** With cached compiled sources each process of a part starts in two thirds of the CPU time. */
const NODE_COMPILE_CACHE = join(ROOT, 'node_modules/.cache/jotc/compiled')

/** A part has ended. With code 1, it has printed why. */
export class PartEnded extends Error {
  override readonly name = 'PartEnded'
  readonly code: number

  constructor(file: string, code: number | null) {
    super(`${file} ${code === null ? 'was killed' : `ended with exit code ${code}`}`)
    this.code = code || 1
  }
}

export type Service = {
  /** Rejects with `PartEnded` when the process ends. */
  ended: Promise<never>
  /** Resolves when the URL answers 200. Rejects after two minutes; with `PartEnded` if the process ends before. */
  answers(url: string): Promise<void>
  /** Replaces its workers. */
  reload(): void
  /** Ends the process, after the timeout by force. Resolves when it is gone. */
  stop(): Promise<void>
}

/**
 * Starts a part of the system as a process that writes to our output. It has its own session, so that Ctrl-C reaches
 * only us and the parts end in order. If we are killed, it notices that the IPC channel closes.
 */
export function startService(file: string, env: Record<string, string>): Service {
  const child = spawn(process.execPath, [file], {
    cwd: ROOT,
    env: { NODE_COMPILE_CACHE, ...process.env, ...env },
    detached: true,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const ended = once(child, 'exit').then(([code]) => Promise.reject(new PartEnded(file, code)))
  const gone = ended.catch(() => {})
  return {
    ended,
    answers: (url) => Promise.race([ended, untilAnswered(file, url, gone)]),
    reload: () => void child.kill('SIGHUP'),
    async stop() {
      child.kill('SIGTERM')
      const kill = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS)
      await gone
      clearTimeout(kill)
    },
  }
}

async function untilAnswered(file: string, url: string, gone: Promise<unknown>): Promise<void> {
  const deadline = performance.now() + START_TIMEOUT_MS
  let waiting = true
  void gone.then(() => {
    waiting = false
  })
  while (waiting && !(await answersNow(url))) {
    if (performance.now() > deadline) throw new Error(`${file} does not answer at ${url}`)
    await delay(20)
  }
}

/** Without the global agent, which may use a proxy of the shell. */
async function answersNow(url: string): Promise<boolean> {
  try {
    const [answer] = await once(get(url, { agent: false }), 'response')
    answer.resume()
    return answer.statusCode === 200
  } catch {
    return false
  }
}
