import { join } from 'node:path'
import { startPostgres } from '@jotc/db/embedded'
import { temporaryFolder } from '@jotc/testing/folder'
import { startSystem } from '@jotc/testing/service/npm-start'
import { differenceOf, type Scenario } from '../figure.ts'
import { alternate } from '../measure/alternate.ts'

/**
 * `npm start`, installed and started before, until both URLs answer, against PostgreSQL's own start with the same data.
 * Both begin with a server that was stopped properly.
 */
export const start: Scenario = async ({ rounds }, say) => {
  using folder = temporaryFolder('start')
  const startAll = () => secondsUntil(() => startSystem('development', { LOG_LEVEL: 'info' }, folder.path))
  const startDatabase = () => secondsUntil(() => startPostgres({ dataDir: join(folder.path, 'postgres') }))
  say('a first start, which makes the data and builds the app')
  await startAll()
  const { ours, baseline } = await alternate(rounds, { ours: startAll, baseline: startDatabase })
  const figure = { what: 'npm start to both URLs answering', unit: 's', ours, baseline, aim: { atMost: 1 } }
  return { figures: [differenceOf(figure)], notes: [] }
}

async function secondsUntil(begin: () => Promise<{ stop(): Promise<void> }>): Promise<number> {
  const begun = performance.now()
  const { stop } = await begin()
  const seconds = (performance.now() - begun) / 1000
  await stop()
  return seconds
}
