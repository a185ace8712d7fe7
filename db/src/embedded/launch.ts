import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { open, readFile } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import type { Account } from './account.ts'
import type { Binaries } from './binaries.ts'
import { filesOf, SUPERUSER, serverEnvironment } from './cluster.ts'
import { shutDown } from './postmaster.ts'

const DATABASE = 'jotc'
/** Enough for a long recovery. If the process ends, that is noticed at once. */
const START_TIMEOUT_MS = 120_000

/** The server ended before it answered. */
export class StartFailed extends Error {
  override readonly name = 'StartFailed'
  readonly log: string

  constructor(log: string) {
    const fatal = log.split('\n').findLast((line) => / FATAL: | PANIC: /.test(line)) ?? log.trim().split('\n').at(-1)
    super(`PostgreSQL did not start: ${fatal?.replace(/^.*?(FATAL|PANIC):\s*/, '')}`)
    this.log = log
  }
}

type Launch = {
  dataDir: string
  port: number
  password: string
  binaries: Binaries
  account: Account
  settings: Record<string, string>
}

/**
 * Starts the server and waits until it answers a client.
 *
 * It only listens on 127.0.0.1; the Unix socket is off, because its path may be too long. It has its own session, so
 * that Ctrl-C in a terminal reaches this process only.
 *
 * @throws {StartFailed} if it ends before
 */
export async function launch({ dataDir, port, password, binaries, account, settings }: Launch) {
  const { cluster, log } = filesOf(dataDir)
  const url = `postgres://${SUPERUSER}:${password}@127.0.0.1:${port}/${DATABASE}`
  const all = { listen_addresses: '127.0.0.1', port: String(port), unix_socket_directories: '', ...settings }
  const flags = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const { file, args, options } = account.command(binaries.postgres, ['-D', cluster, ...flags])
  const output = await open(log, 'w', 0o600)
  if (account.owner) await output.chown(account.owner.uid, account.owner.gid)
  const server = spawn(file, args, {
    ...options,
    cwd: '/',
    env: serverEnvironment(),
    detached: true,
    stdio: ['ignore', output.fd, output.fd],
  })
  const ended = once(server, 'exit')
  ended.catch(() => {})
  await once(server, 'spawn').finally(() => output.close())
  endWithUs(server, ended)

  const up = new AbortController()
  try {
    await Promise.race([
      answers(url, up.signal),
      ended.then(async () => Promise.reject(new StartFailed(await readFile(log, 'utf8')))),
    ])
  } catch (error) {
    await shutDown(server.pid as number, cluster)
    throw error
  } finally {
    up.abort()
  }
  return { url, pid: server.pid as number, ended: ended.then(() => {}) }
}

/**
 * If this process is killed, a shell notices that its pipe closes, and shuts the server down.
 *
 * @param ended settles when the server has ended, perhaps already
 */
function endWithUs(server: ChildProcess, ended: Promise<unknown>): void {
  const watch = spawn('/bin/sh', ['-c', 'read -r _; kill -INT "$1"', 'sh', String(server.pid)], {
    cwd: '/',
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  watch.on('error', () => {})
  void ended.catch(() => {}).finally(() => watch.kill('SIGKILL'))
}

/** Resolves when a client can query the database, which the first start creates. */
async function answers(url: string, stopped: AbortSignal): Promise<void> {
  const deadline = performance.now() + START_TIMEOUT_MS
  while (!stopped.aborted) {
    const failure = await query(url, 'select 1')
    if (failure === undefined) return
    if (failure === MISSING_DATABASE) await query(url.replace(/[^/]*$/, 'postgres'), `create database ${DATABASE}`)
    else if (!TRANSIENT.has(failure) || performance.now() > deadline)
      throw new Error(`PostgreSQL started, but does not answer (${failure})`)
    else await delay(15)
  }
}

const MISSING_DATABASE = '3D000'
/** Not listening yet, or not yet open to clients (cannot_connect_now). */
const TRANSIENT = new Set(['ECONNREFUSED', 'ECONNRESET', '57P03'])

/** @returns the code of the error, if any */
async function query(url: string, sql: string): Promise<string | undefined> {
  const client = new pg.Client(url)
  client.on('error', () => {})
  try {
    await client.connect()
    await client.query(sql)
    return undefined
  } catch (error) {
    return (error as { code?: string }).code ?? String(error)
  } finally {
    await client.end().catch(() => {})
  }
}
