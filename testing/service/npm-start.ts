import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join, resolve } from 'node:path'
import { findPostgres } from '@jotc/db/embedded'
import { temporaryFolder } from '@jotc/testing/folder'
import { freePorts } from '@jotc/testing/ports'
import { copyCluster } from '@jotc/testing/servers/cluster'
import { withClient } from '@jotc/testing/servers/database'

const ROOT = resolve(import.meta.dirname, '../..')

export type System = {
  /** Where the app and the API answer, without a slash at the end. */
  app: string
  api: string
  dataDir: string
  /** Runs SQL beside it. */
  sql(text: string): Promise<void>
  /** Ends all of it and removes its data. */
  stop(): Promise<void>
}

/**
 * Starts the whole system as `npm start` does, on free ports. Resolves when app and API answer.
 *
 * @param settings of API and app, where the usual ones of the mode will not do
 * @param kept a folder of data that stays; left out: one with an empty database
 * @throws with everything that it wrote, when it ends before that
 */
export async function startSystem(
  mode: 'development' | 'test',
  settings = SIGN_IN_AT_ONCE,
  kept?: string,
): Promise<System> {
  const folder = kept === undefined ? temporaryFolder('system') : undefined
  const dataDir = kept ?? folder?.path ?? ''
  if (folder) await copyCluster(join(dataDir, 'postgres'))
  const [apiPort, appPort] = await freePorts(2)
  const child = spawn(process.execPath, ['scripts/start.ts'], {
    cwd: ROOT,
    env: environment({
      APP_ENV: mode,
      DATA_DIR: dataDir,
      API_PORT: `${apiPort}`,
      APP_PORT: `${appPort}`,
      ...settings,
    }),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const stop = async () => {
    await end(child)
    folder?.[Symbol.dispose]()
  }
  try {
    return { ...(await urlsOf(child)), dataDir, sql: (text) => runSql(dataDir, text), stop }
  } catch (error) {
    await stop()
    throw error
  }
}

const SIGN_IN_AT_ONCE: Record<string, string> = { SIGN_IN: 'details', EMAIL_VERIFICATION: 'off' }

/** What would lead to another database, other addresses or other people's services. */
const NOT_OURS = /^(DATABASE_URL|REDIS_URL|EMAILABLE_\w+|MAIL_\w+|HOST$|API_URL|CORS_ORIGINS|ADMIN_EMAILS)/

function environment(settings: Record<string, string>): NodeJS.ProcessEnv {
  const ours = Object.entries(process.env).filter(([name]) => !NOT_OURS.test(name))
  return { ...Object.fromEntries(ours), ...settings }
}

async function runSql(dataDir: string, text: string): Promise<void> {
  const url = (await findPostgres(resolve(dataDir, 'postgres'))) ?? ''
  await withClient(url, (client) => client.query(text))
}

/** The two addresses that are printed once both answer. */
function urlsOf(child: ChildProcess): Promise<{ app: string; api: string }> {
  return new Promise((found, failed) => {
    let output = ''
    const read = (chunk: Buffer) => {
      output += chunk
      const [, app, api] = /App {2}(\S+)\n {2}API {2}(\S+)/.exec(output) ?? []
      if (app && api) found({ app, api })
    }
    child.stdout?.on('data', read)
    child.stderr?.on('data', read)
    child.on('exit', () => failed(new Error(`The system ended:\n${output}`)))
  })
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGTERM')
  await once(child, 'exit')
}
