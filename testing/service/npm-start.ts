import { once } from 'node:events'
import { join, resolve } from 'node:path'
import { findPostgres } from '@jotc/db/embedded'
import { temporaryFolder } from '@jotc/testing/folder'
import { freePorts } from '@jotc/testing/ports'
import { copyCluster } from '@jotc/testing/servers/cluster'
import { withClient } from '@jotc/testing/servers/database'
import { start } from '@jotc/testing/servers/program'

const ROOT = resolve(import.meta.dirname, '../..')

/**
 * Starts the whole system as `npm start` does, on free ports. Resolves when app and API answer.
 *
 * @param settings of API and app, where the usual ones of the mode will not do
 * @param kept a folder of data that stays; left out: one with an empty database
 * @throws with everything that it wrote, when it ends before that
 */
export async function startSystem(mode: 'development' | 'test', settings = SIGN_IN_AT_ONCE, kept?: string) {
  const folder = kept === undefined ? temporaryFolder('system') : undefined
  const dataDir = kept ?? folder?.path ?? ''
  if (folder) await copyCluster(join(dataDir, 'postgres'))
  const [apiPort, appPort] = await freePorts(2)
  const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !NOT_OURS.test(name)))
  const ours = { APP_ENV: mode, DATA_DIR: dataDir, API_PORT: `${apiPort}`, APP_PORT: `${appPort}` }
  const options = { cwd: ROOT, env: { ...inherited, ...ours, ...settings } }
  const printed = /App {2}(\S+)\n {2}API {2}(\S+)\s/
  const { child, found } = await start(process.execPath, ['scripts/start.ts'], printed, options)
  const [, app = '', api = ''] = found
  return {
    /** Where the app and the API answer, without a slash at the end. */
    app,
    api,
    dataDir,
    /** Runs SQL beside it. */
    async sql(text: string) {
      const url = (await findPostgres(resolve(dataDir, 'postgres'))) ?? ''
      await withClient(url, (client) => client.query(text))
    },
    /** Ends all of it and removes its data. */
    async stop() {
      const ended = once(child, 'exit')
      if (child.kill('SIGTERM')) await ended
      folder?.[Symbol.dispose]()
    },
  }
}

const SIGN_IN_AT_ONCE: Record<string, string> = { SIGN_IN: 'details', EMAIL_VERIFICATION: 'off' }

/** What would lead to another database, other addresses or other people's services. */
const NOT_OURS = /^(DATABASE_URL|REDIS_URL|EMAILABLE_\w+|MAIL_\w+|HOST$|API_URL|CORS_ORIGINS|ADMIN_EMAILS)/
