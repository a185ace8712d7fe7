import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { startPostgres } from '@jotc/db/embedded'
import { freePorts } from '@jotc/testing/ports'
import { alternate } from '../measure/alternate.ts'
import { differenceOf } from '../measure/figure.ts'
import type { Scenario } from '../scenario.ts'
import { temporaryFolder } from '../system/folder.ts'
import { answers } from '../system/process.ts'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))

/**
 * `npm start`, installed and started before, until both URLs answer, against PostgreSQL's own start with the same data.
 * Both begin with a server that was stopped properly.
 */
export const start: Scenario = async ({ rounds }, say) => {
  using folder = temporaryFolder()
  say('a first start, which makes the data and builds the app')
  await startAll(folder.path)
  const { ours, baseline } = await alternate(rounds, {
    ours: () => startAll(folder.path),
    baseline: () => startDatabase(join(folder.path, 'postgres')),
  })
  const figure = { what: 'npm start to both URLs answering', unit: 's', ours, baseline, aim: { atMost: 2 } }
  return { figures: [differenceOf(figure)], notes: [] }
}

/** @returns seconds */
async function startAll(dataDir: string): Promise<number> {
  const [apiPort, appPort] = await freePorts(2)
  const begun = performance.now()
  const npm = spawn('npm', ['start'], {
    cwd: ROOT,
    // biome-ignore lint/style/noProcessEnv: npm runs as on the command line of whoever measures.
    env: { ...process.env, DATA_DIR: dataDir, API_PORT: String(apiPort), APP_PORT: String(appPort), LOG_LEVEL: 'info' },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const ended = once(npm, 'exit')
  try {
    for (const url of [`http://127.0.0.1:${apiPort}/health/ready`, `http://127.0.0.1:${appPort}/`]) {
      while (!(await answers(url))) {
        if (npm.exitCode !== null) throw new Error(`npm start ended with exit code ${npm.exitCode}.`)
        await delay(10)
      }
    }
    return (performance.now() - begun) / 1000
  } finally {
    npm.kill('SIGTERM')
    await ended
  }
}

/** @returns seconds */
async function startDatabase(dataDir: string): Promise<number> {
  const begun = performance.now()
  const server = await startPostgres({ dataDir })
  const seconds = (performance.now() - begun) / 1000
  await server.stop()
  return seconds
}
