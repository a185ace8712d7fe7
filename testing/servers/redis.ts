import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { setTimeout as wait } from 'node:timers/promises'
import { temporaryFolder } from '@jotc/testing/folder'
import { freePort } from '@jotc/testing/ports'
import { createClient } from '@redis/client'

export type TestRedis = {
  url: string
  /** Sends one command on a connection of its own and gives Redis's answer. */
  command(...words: string[]): Promise<unknown>
  /** Stops the process where it stands: connections stay open and nothing is answered. */
  pause(): void
  resume(): void
  /** Ends it without notice. */
  kill(): Promise<void>
  /** Starts it (again) on the same port, empty; resolves when it takes connections. */
  restart(): Promise<void>
  /** Ends it and removes what it left. */
  stop(): Promise<void>
}

const { CI } = process.env

/**
 * Why tests that need Redis cannot run here, for `test(…, { skip })`. Where CI is true they run and
 * fail instead.
 */
export const skip =
  CI !== 'true' && spawnSync('redis-server', ['--version']).error ? 'redis-server is not installed' : false

/**
 * A Redis of the test's own, on a free port of this machine, with nothing kept on disk.
 *
 * @param running false: its port is known, and `restart` starts it
 */
export async function startRedis({ running = true, password = '' } = {}): Promise<TestRedis> {
  const folder = temporaryFolder('redis')
  const port = await freePort()
  const user = password === '' ? '' : `:${encodeURIComponent(password)}@`
  const url = `redis://${user}127.0.0.1:${port}`
  let server: ChildProcess | undefined

  async function restart(): Promise<void> {
    const address = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder.path]
    const nothingKept = ['--save', '', '--appendonly', 'no']
    const secret = password === '' ? [] : ['--requirepass', password]
    server = spawn('redis-server', [...address, ...nothingKept, ...secret], { stdio: ['ignore', 'pipe', 'inherit'] })
    const failed = once(server, 'exit').then(() => {
      throw new Error('redis-server ended before it was ready')
    })
    await Promise.race([ready(server), failed])
    failed.catch(() => {})
  }

  async function kill(): Promise<void> {
    if (!server) return
    const ended = once(server, 'exit')
    server.kill('SIGKILL')
    server = undefined
    await ended
  }

  // A test run that ends early must leave nothing either.
  const killNow = () => void server?.kill('SIGKILL')
  process.once('exit', killNow)
  if (running) await restart()

  return {
    url,
    restart,
    kill,
    pause: () => server?.kill('SIGSTOP'),
    resume: () => server?.kill('SIGCONT'),
    async command(...words) {
      const client = await createClient({ url }).connect()
      const answer = await client.sendCommand(words)
      client.destroy()
      return answer
    },
    async stop() {
      await kill()
      process.off('exit', killNow)
      folder[Symbol.dispose]()
    },
  }
}

async function ready(server: ChildProcess): Promise<void> {
  if (!server.stdout) throw new Error('redis-server has no output')
  const lines = createInterface(server.stdout)
  for await (const line of lines) if (line.includes('Ready to accept connections')) break
  // Nobody reads on, and a full pipe would stop the server.
  server.stdout.resume()
}

/** Resolves when a worker's Redis is in this state. */
export async function until(redis: { readonly state: string }, state: 'up' | 'gone'): Promise<void> {
  while (redis.state !== state) await wait(5)
}
