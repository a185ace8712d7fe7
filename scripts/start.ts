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

/**
 * `npm start`: database, API and app on this machine, until Ctrl-C or SIGTERM. All parts end with us, and we end
 * with any part; the exit code is 0 only where somebody asked us to stop. `npm run dev` is the same with `--reload`:
 * the app from its sources, and new workers of the API whenever its sources change.
 */
/** Longer than any part takes. */
const STOP_TIMEOUT_MS = 12_000
const reload = process.argv.includes('--reload')
const stopping = new AbortController()
const services: Service[] = []
let postgres: Promise<Postgres> | undefined

/** As `TRUST_PROXY` is written. */
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
    // The app's server passes calls on to the API.
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

/** Two of us in one folder would give each other's secrets and data away. The system frees the lock when we end. */
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

/** A database of the current schema. @returns what the API must be told to find it */
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

/** New workers replace the old ones, unless they cannot start. What a save writes in several steps is one change. */
function reloadOnChange(api: Service): void {
  let soon: NodeJS.Timeout | undefined
  for (const folder of ['api/src', 'core/src']) {
    watch(join(ROOT, folder), { recursive: true, signal: stopping.signal }, () => {
      clearTimeout(soon)
      soon = setTimeout(() => api.reload(), 50)
    })
  }
}

/** Ends all parts, then us. The first to call says with which exit code. */
async function stop(code: number): Promise<never> {
  if (!stopping.signal.aborted) {
    stopping.abort()
    // Whatever is in the way: each part ends once it sees that we have ended.
    await Promise.race([endParts(), delay(STOP_TIMEOUT_MS)])
    process.exit(code)
  }
  return new Promise(() => {})
}

async function endParts(): Promise<void> {
  await Promise.all(services.map((service) => service.stop()))
  // Also one that is still about to start.
  await postgres?.then((server) => server.stop()).catch(() => {})
}

/** Says what went wrong, unless the part that ended has said it, or we are ending anyway. @returns the exit code */
function explain(error: unknown): number {
  if (stopping.signal.aborted) return 0
  const isSaid = error instanceof PartEnded && error.code === 1
  if (!isSaid) console.error(`npm start: ${failureText(error)}`)
  return error instanceof PartEnded ? error.code : 1
}

function urlOf(host: string, port: number): string {
  const name = ['127.0.0.1', '0.0.0.0', '::', '::1'].includes(host) ? 'localhost' : host
  return `http://${name}:${port}`
}

function say(line: string): void {
  console.log(`  ${line}`)
}
