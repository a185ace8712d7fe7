/**
 * `npm start`: runs database, API and app until Ctrl-C or SIGTERM. If one part ends, all end; the exit code is 0 only
 * after a signal. `npm run dev` adds `--reload`: the app from its sources, and new API workers whenever sources change.
 */

import { mkdirSync, watch } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { InUse, type Postgres, startPostgres } from '../db/src/embedded.ts'
import { failureText } from '../db/src/failure.ts'
import { Locked, lockFile } from '../db/src/file-lock.ts'
import { buildApp } from './start/app-build.ts'
import { choosePort } from './start/ports.ts'
import { PartEnded, type Service, startService } from './start/service.ts'
import { ROOT, readSettings, type Settings } from './start/settings.ts'

/** Longer than any part takes to stop. */
const STOP_TIMEOUT_MS = 12_000
const reload = process.argv.includes('--reload')
const stopping = new AbortController()
const services: Service[] = []
let postgres: Promise<Postgres> | undefined

/** In the notation of `TRUST_PROXY`. */
const LOOPBACK = '127.0.0.0/8,::1'

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop(0))

try {
  await run(readSettings())
} catch (error) {
  await stop(explain(error))
}

async function run(settings: Settings): Promise<never> {
  holdDataDir(settings.dataDir)
  const { host, apiPort, appPort } = await ports(settings)
  const apiUrl = urlOf(host, apiPort)
  const appUrl = urlOf(host, appPort)
  const env = {
    DATA_DIR: settings.dataDir,
    API_PORT: String(apiPort),
    APP_PORT: String(appPort),
    API_URL: settings.apiUrl ?? '/api',
    // The app's server forwards calls to the API.
    TRUST_PROXY: settings.trustProxy ?? LOOPBACK,
  }
  const [api] = await Promise.all([
    openDatabase(settings).then((url) => serve('api/src/main.ts', { ...env, ...url }, `${apiUrl}/health/ready`)),
    reload
      ? serve('app/server/dev.ts', env, `${appUrl}/config.json`)
      : buildApp(say, stopping.signal).then(() => serve('app/server/serve.ts', env, `${appUrl}/config.json`)),
  ])
  if (reload) reloadOnChange(api)
  console.log(`\n  App  ${appUrl}\n  API  ${apiUrl}   (docs: ${apiUrl}/docs)\n  Ctrl-C stops both.\n`)
  return Promise.race(services.map(({ ended }) => ended))
}

/** Only one instance may use a data folder. The system releases the lock when the process ends. */
function holdDataDir(dataDir: string): void {
  mkdirSync(dataDir, { recursive: true })
  try {
    lockFile(join(dataDir, 'start.lock'))
  } catch (error) {
    if (!(error instanceof Locked)) throw error
    throw new InUse(`already running with the data in ${dataDir}. Set DATA_DIR to run a second one`, { cause: error })
  }
}

async function ports({ host, apiPort, appPort }: Settings) {
  const api = await choosePort({ name: 'API_PORT', set: apiPort, first: 4000, host })
  const app = await choosePort({ name: 'APP_PORT', set: appPort, first: 8000, host, except: api })
  if (!apiPort && api !== 4000) say(`Port 4000 is in use, so the API uses ${api}`)
  if (!appPort && app !== 8000) say(`Port 8000 is in use, so the app uses ${app}`)
  return { host, apiPort: api, appPort: app }
}

/** Opens a database and migrates it. @returns the environment with which the API finds it */
async function openDatabase({ databaseUrl, dataDir }: Settings): Promise<Record<string, string>> {
  // Loaded while the server starts.
  const migrations = import('../db/src/migrate.ts')
  if (databaseUrl !== undefined) {
    const { migrate } = await migrations
    await migrate(databaseUrl, say).catch((cause) => {
      throw new Error(`DATABASE_URL: ${failureText(cause)}`, { cause })
    })
    return {}
  }
  postgres = startPostgres({ dataDir: join(dataDir, 'postgres') })
  const { url, port, ended } = await postgres
  stopping.signal.throwIfAborted()
  void ended.then(() => stop(explain(new Error(`PostgreSQL stopped. See ${join(dataDir, 'postgres/postgres.log')}`))))
  say(`PostgreSQL on port ${port}, data in ${dataDir}`)
  const { migrate } = await migrations
  await migrate(url, say)
  return { DATABASE_URL: url }
}

async function serve(file: string, env: Record<string, string>, url: string): Promise<Service> {
  stopping.signal.throwIfAborted()
  const service = startService(file, env)
  services.push(service)
  await service.answers(url)
  return service
}

/** Replaces the workers on a change, unless the new ones cannot start. Several writes of one save count once. */
function reloadOnChange(api: Service): void {
  let soon: NodeJS.Timeout | undefined
  for (const folder of ['api/src', 'core/src']) {
    watch(join(ROOT, folder), { recursive: true, signal: stopping.signal }, () => {
      clearTimeout(soon)
      soon = setTimeout(() => api.reload(), 50)
    })
  }
}

/** Ends all parts, then this process. The first call decides the exit code. */
async function stop(code: number): Promise<never> {
  if (!stopping.signal.aborted) {
    stopping.abort()
    // After the timeout we exit anyway: each part ends once it notices that.
    await Promise.race([endParts(), delay(STOP_TIMEOUT_MS)])
    process.exit(code)
  }
  return new Promise(() => {})
}

async function endParts(): Promise<void> {
  await Promise.all(services.map((service) => service.stop()))
  // Also a server that is still starting.
  await postgres?.then((server) => server.stop()).catch(() => {})
}

/** Prints the error, unless the part that ended has printed it, or we are stopping anyway. @returns the exit code */
function explain(error: unknown): number {
  if (stopping.signal.aborted) return 0
  const isPrinted = error instanceof PartEnded && error.code === 1
  if (!isPrinted) console.error(`npm start: ${failureText(error)}`)
  return error instanceof PartEnded ? error.code : 1
}

function urlOf(host: string, port: number): string {
  const name = ['127.0.0.1', '0.0.0.0', '::', '::1'].includes(host) ? 'localhost' : host
  return `http://${name}:${port}`
}

function say(line: string): void {
  console.log(`  ${line}`)
}
