import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { temporaryFolder } from '@jotc/testing/folder'
import { freePort } from '@jotc/testing/ports'
import { createClient } from '@redis/client'
import { missing, start } from './program.ts'

export type TestRedis = Awaited<ReturnType<typeof startRedis>>

/** Why tests that need Redis cannot run here, for `test(…, { skip })`. */
export const skip = missing('redis-server')

/**
 * A Redis of the test's own, on a free port of this machine, with nothing kept on disk.
 *
 * @param running false: its port is known, and `restart` starts it
 */
export async function startRedis({ running = true, password = '' } = {}) {
  const folder = temporaryFolder('redis')
  const port = await freePort()
  const user = password === '' ? '' : `:${encodeURIComponent(password)}@`
  const url = `redis://${user}127.0.0.1:${port}`
  let server: ChildProcess | undefined

  /** Starts it (again) on the same port, empty; resolves when it takes connections. */
  async function restart(): Promise<void> {
    const address = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder.path]
    const nothingKept = ['--save', '', '--appendonly', 'no']
    const secret = password === '' ? [] : ['--requirepass', password]
    const redis = await start('redis-server', [...address, ...nothingKept, ...secret], /Ready to accept connections/)
    server = redis.child
  }

  /** Ends it without notice. */
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
    /** Stops the process where it stands: connections stay open and nothing is answered. */
    pause: () => server?.kill('SIGSTOP'),
    resume: () => server?.kill('SIGCONT'),
    /** Sends one command on a connection of its own and gives Redis's answer. */
    async command(...words: string[]): Promise<unknown> {
      const client = await createClient({ url }).connect()
      const answer = await client.sendCommand(words)
      client.destroy()
      return answer
    },
    /** Ends it and removes what it left. */
    async stop() {
      await kill()
      process.off('exit', killNow)
      folder[Symbol.dispose]()
    },
  }
}

/** Resolves when a worker's Redis is in this state. */
export async function until(redis: { readonly state: string }, state: 'up' | 'gone'): Promise<void> {
  while (redis.state !== state) await wait(5)
}
