import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { SubmissionPage } from '@jotc/core/api/jotc'
import type { Details } from '@jotc/core/person'
import { temporaryFolder } from '@jotc/testing/folder'
import { openClient, send } from '@jotc/testing/load'
import { freePort } from '@jotc/testing/ports'
import { createDatabase, hasTestServer, startTestServer } from '@jotc/testing/servers/database'
import { startRedis } from '@jotc/testing/servers/redis'
import { INHERITED } from '@jotc/testing/service/process'
import type { Options } from '../options.ts'
import { fill } from './filled-database.ts'
import { makeAccounts, signIn } from './people.ts'

export type Running = { url: string; pid: number; [Symbol.asyncDispose](): Promise<void> }

type Program = {
  file: string
  /** Given the free port that it shall listen on, and a folder of its own. */
  args?: (port: number) => string[]
  env?: (port: number, folder: string) => Record<string, string>
  execArgv?: string[]
  /** Answers 200 once it serves. */
  path: string
}

/**
 * Starts a program of ours on Node as a process of its own, with nothing of our environment but the cache of
 * compiled modules, its log written to a file. Resolves when it answers; it ends with us at the latest.
 */
export async function startProgram({ file, args, env, execArgv = [], path }: Program): Promise<Running> {
  const folder = temporaryFolder('bench')
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const log = join(folder.path, 'log')
  const output = openSync(log, 'w')
  const child = spawn(process.execPath, [...execArgv, file, ...(args?.(port) ?? [])], {
    env: { ...INHERITED, ...env?.(port, folder.path) },
    stdio: ['ignore', output, output, 'ipc'],
  })
  const ended = once(child, 'exit')
  while (!(await answers(`${url}${path}`))) {
    if (child.exitCode !== null) throw new Error(`${file} ended:\n${readFileSync(log, 'utf8').slice(-2000)}`)
    await delay(20)
  }
  return {
    url,
    pid: child.pid as number,
    async [Symbol.asyncDispose]() {
      child.kill('SIGTERM')
      await ended
      folder[Symbol.dispose]()
    },
  }
}

async function answers(url: string): Promise<boolean> {
  const answer = await fetch(url).catch(() => undefined)
  await answer?.arrayBuffer()
  return answer?.ok === true
}

/** As an operator would have it: what is committed is on the disk (`fsync` and all else as PostgreSQL comes). */
const DURABLE = { max_connections: '300', shared_buffers: '512MB', max_wal_size: '4GB' }

/**
 * A PostgreSQL with its data in a temporary folder, for `createDatabase` of testing, until `open` is disposed of; in a
 * test run, which measures nothing, the one that is there.
 */
export async function openPostgres(open: AsyncDisposableStack): Promise<void> {
  if (!hasTestServer()) open.adopt(await startTestServer(DURABLE), (server) => server.stop())
}

/** PostgreSQL, with a database that has these accounts, and Redis. */
export async function openServers(open: AsyncDisposableStack, accounts: readonly Details[]) {
  await openPostgres(open)
  const { url: redisUrl } = open.adopt(await startRedis(), (server) => server.stop())
  return { redisUrl, databaseUrl: await databaseWith(accounts) }
}

/** The URL of a new database that has these accounts. */
export async function databaseWith(accounts: readonly Details[]): Promise<string> {
  const { url } = await createDatabase()
  await makeAccounts(url, accounts)
  return url
}

const SECRET = 'a secret that only the benchmarks use'
const WITHOUT_LIMIT = String(1_000_000_000)

type Needs = { databaseUrl: string; redisUrl?: string; emailableUrl?: string }

/**
 * Ours as an operator would run it: in production mode, with a log line for each request, the limits there but out of
 * reach. Sign-in is by details, for a code in a mail is nothing to measure.
 */
export async function startService({ databaseUrl, redisUrl, emailableUrl }: Needs, options: Options): Promise<Running> {
  const { workers, profile } = options
  return await startProgram({
    file: fileURLToPath(import.meta.resolve('@jotc/api/main')),
    path: '/health/ready',
    execArgv: profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profile}`],
    env: (port, folder) => ({
      APP_ENV: 'production',
      API_PORT: String(port),
      DATA_DIR: folder,
      DATABASE_URL: databaseUrl,
      ...(redisUrl !== undefined && { REDIS_URL: redisUrl }),
      SIGN_IN: 'details',
      ...(emailableUrl === undefined
        ? { EMAIL_VERIFICATION: 'off' }
        : { EMAILABLE_URL: emailableUrl, EMAILABLE_API_KEY: 'key-of-the-stand-in' }),
      JWT_SECRETS: SECRET,
      RATE_LIMIT: WITHOUT_LIMIT,
      RATE_LIMIT_LOGIN: WITHOUT_LIMIT,
      WORKERS: String(workers),
    }),
  })
}

/** Starts a plain service of `bench/baselines`; it is given its port, how many processes to be, and these arguments. */
export async function startBaseline(name: 'login' | 'post', workers: number, ...args: string[]): Promise<Running> {
  return await startProgram({
    file: fileURLToPath(new URL(`../../baselines/${name}.ts`, import.meta.url)),
    path: '/health',
    args: (port) => [String(port), String(workers), ...args],
  })
}

/** Ours on a database of its own with so many submissions, and an administrator who reads, one answer after the other. */
export type FilledService = Awaited<ReturnType<typeof openFilledService>>

/** On the server that `openPostgres` has opened; ends with `open`. */
export async function openFilledService(
  open: AsyncDisposableStack,
  rows: number,
  options: Options,
  say: (line: string) => void,
) {
  const { url: databaseUrl } = await createDatabase()
  const administrator = await fill(databaseUrl, rows, say)
  const service = open.use(await startService({ databaseUrl }, options))
  const [token = ''] = await signIn(service.url, [administrator])
  const client = open.adopt(openClient(service.url), (each) => each.destroy())
  return {
    ...service,
    databaseUrl,
    token,
    /** @returns endless `ms` where the service gave up (503) @throws when the answer is neither that nor 200 */
    async reads(path: string): Promise<{ page: SubmissionPage; ms: number }> {
      const begun = performance.now()
      const { status, body } = await send(client, { path, token })
      const ms = performance.now() - begun
      if (status !== 200 && status !== 503) throw new Error(`${path} was answered with ${status}: ${body}`)
      return { page: JSON.parse(body), ms: status === 503 ? Number.POSITIVE_INFINITY : ms }
    },
  }
}
