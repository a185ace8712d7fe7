import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'

export const ROOT = join(import.meta.dirname, '../..')
/** Where compose.yaml publishes app and API. */
export const APP = 'http://localhost'
export const API = 'http://localhost:4000'
/** The commit that the development images are told they were built from. */
export const COMMIT = 'abcdef123'

const run = promisify(execFile)
const LARGEST_OUTPUT = 64 * 1024 * 1024

/** What `docker` itself needs of the environment; nothing else may lead to other settings than those of a test. */
const OF_DOCKER = /^(DOCKER_\w+|PATH|HOME|TMPDIR|CI)$/

export type Stack = {
  /** Runs `docker compose` for this stack. @returns what it wrote @throws with all of it, where it fails */
  compose(...args: string[]): Promise<string>
  /** The id of a service's one container. */
  container(service: string): Promise<string>
  /** Kills the first process of a service's container as the kernel would. @returns ms from its end to a healthy one */
  killAndAwait(service: string): Promise<number>
  /** Starts it, and waits until all is healthy; `args` go to `docker compose up`. */
  up(...args: string[]): Promise<void>
  /** Ends all of it, data included. */
  destroy(): Promise<void>
}

/**
 * A stack of its own name, so that it never touches one that is in use.
 *
 * @param services those to start; what they depend on comes along
 * @param settings as `.env` would have them
 */
export function createStack(
  name: string,
  files: string[],
  services: string[],
  settings: Record<string, string> = {},
): Stack {
  const env = { ...dockerEnvironment(), ...settings }
  const options = ['compose', '-p', name, ...files.flatMap((file) => ['-f', file])]
  const compose = (...args: string[]) => docker([...options, ...args], env)
  const container = async (service: string) => (await compose('ps', '--all', '--quiet', service)).trim()

  return {
    compose,
    container,
    async killAndAwait(service) {
      const id = await container(service)
      const before = await stateOf(id)
      await killProcess(before.Pid)
      for (;;) {
        const { Pid, FinishedAt, Health } = await stateOf(id)
        const since = Date.parse(FinishedAt)
        const answered = Health.Log.find(({ Start, ExitCode }) => Date.parse(Start) > since && ExitCode === 0)
        if (Pid !== before.Pid && answered) return Date.parse(answered.End) - since
        await delay(100)
      }
    },
    async up(...args) {
      await compose('up', '--wait', ...args, ...services)
    },
    async destroy() {
      await compose('down', '--volumes', '--remove-orphans')
    },
  }
}

/** @returns what it wrote @throws with all of it, where it fails */
export async function docker(args: string[], env: NodeJS.ProcessEnv = dockerEnvironment()): Promise<string> {
  try {
    const { stdout, stderr } = await run('docker', args, { cwd: ROOT, env, maxBuffer: LARGEST_OUTPUT })
    return args.includes('logs') ? stdout + stderr : stdout
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string }
    throw new Error(`docker ${args.join(' ')}\n${stdout}${stderr}`, { cause: error })
  }
}

type State = {
  Pid: number
  FinishedAt: string
  Health: { Log: { Start: string; End: string; ExitCode: number }[] }
}

async function stateOf(container: string): Promise<State> {
  return JSON.parse(await docker(['inspect', '--format', '{{json .State}}', container]))
}

/** From a container, for the engine's processes may be on another machine, or another user's. */
async function killProcess(pid: number): Promise<void> {
  await docker(['run', '--rm', '--pid=host', '--user=root', 'node:26-bookworm-slim', 'sh', '-c', `kill -9 ${pid}`])
}

function dockerEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => OF_DOCKER.test(name)))
}
