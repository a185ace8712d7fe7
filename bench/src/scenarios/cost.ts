import { createDatabase, withClient } from '@jotc/testing/database'
import { startRedis } from '@jotc/testing/redis'
import { ratioOf, type Scenario } from '../figure.ts'
import { alternate } from '../measure/alternate.ts'
import { type LoadMeasured, measureLoad } from '../measure/load.ts'
import { cpuMeter } from '../measure/machine.ts'
import { boards } from '../system/boards.ts'
import { makeAccounts, people, signIn } from '../system/people.ts'
import { startPostgresServer, startService } from '../system/services.ts'

const PEOPLE = 100
const BOARDS = 1000

type Measured = LoadMeasured & { postgresCpu: number | undefined; walBytes: number }
type State = { rows: number; walBytes: number; diskBytes: number; connections: number; postmaster: number }

/** What a submission costs, and what two services on one database and one Redis carry against one of them alone. */
export const cost: Scenario = async (options, say) => {
  const { rounds, seconds, clients, workers } = options
  const accounts = people(PEOPLE)
  await using open = new AsyncDisposableStack()
  open.use(await startPostgresServer())
  const redis = open.adopt(await startRedis(), (server) => server.stop())
  const { url: databaseUrl } = await createDatabase()
  await makeAccounts(databaseUrl, accounts)
  const start = async () => open.use(await startService({ databaseUrl, redisUrl: redis.url }, options))
  const [first, second] = [await start(), await start()]
  const tokens = await signIn(first.url, accounts)
  const requests = boards(BOARDS).map(({ clouds }, number) => ({
    path: '/jotc',
    body: { clouds },
    token: tokens[number % PEOPLE],
  }))

  /** The same clients, divided among these services. */
  async function measure(services: { url: string; pid: number }[]): Promise<Measured> {
    const before = await stateOf(databaseUrl)
    const ofPostgres = cpuMeter(before.postmaster)
    const share = { clients: Math.max(1, Math.round(clients / services.length)), seconds }
    const loads = await Promise.all(services.map((each) => measureLoad({ ...each, status: 201, requests }, share)))
    const cpu = ofPostgres()
    const { rows, walBytes } = await stateOf(databaseUrl)
    const sent = rows - before.rows
    const perSecond = sum(loads.map((each) => each.perSecond))
    return {
      perSecond,
      p50: Math.max(...loads.map(({ p50 }) => p50)),
      p99: Math.max(...loads.map(({ p99 }) => p99)),
      // All loads are made by this process.
      generator: Math.max(...loads.map(({ generator }) => generator)),
      cpu: loads.some((each) => each.cpu === undefined)
        ? undefined
        : sum(loads.map((each) => (each.cpu as number) * each.perSecond)) / perSecond,
      postgresCpu: cpu === undefined ? undefined : (cpu / sent) * 1e6,
      walBytes: (walBytes - before.walBytes) / sent,
    }
  }

  const sides = { ours: () => measure([first, second]), baseline: () => measure([first]) }
  say('warming up')
  await alternate(1, sides)
  const warm = await stateOf(databaseUrl)
  say(`${rounds} rounds, ${clients} clients as quick as they can`)
  const { ours, baseline } = await alternate(rounds, sides)
  const end = await stateOf(databaseUrl)

  const compared = (what: string, unit: string, pick: (measured: Measured) => number | undefined) =>
    ratioOf({
      what,
      unit,
      ours: ours.map((each) => pick(each) ?? 0),
      baseline: baseline.map((each) => pick(each) ?? 0),
    })
  return {
    figures: [
      compared('submissions, one service', 'a second', ({ perSecond }) => perSecond),
      compared('p99, one service', 'ms', ({ p99 }) => p99),
      compared('CPU of the services a submission', 'µs', ({ cpu }) => cpu),
      compared('CPU of PostgreSQL a submission', 'µs', ({ postgresCpu }) => postgresCpu),
      compared('write-ahead log a submission', 'bytes', ({ walBytes }) => walBytes),
    ],
    notes: [
      'ours: two services; baseline: one of them alone, with as many clients in all',
      `disk: ${Math.round((end.diskBytes - warm.diskBytes) / (end.rows - warm.rows))} bytes a submission, with its indexes`,
      `connections: ${end.connections / (2 * workers)} a worker`,
      `generator: at most ${Math.round(100 * Math.max(...[...ours, ...baseline].map(({ generator }) => generator)))} % of a core`,
    ],
  }
}

async function stateOf(databaseUrl: string): Promise<State> {
  return await withClient(databaseUrl, async (client) => {
    const { rows } = await client.query<State>(`
      select (select count(*)::integer from submissions) as rows,
        pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::float8 as "walBytes",
        pg_total_relation_size('submissions')::float8 as "diskBytes",
        (
          select count(*)::integer from pg_stat_activity
          where application_name = 'jotc-api' and datname = current_database()
        ) as connections,
        split_part(pg_read_file('postmaster.pid'), E'\\n', 1)::integer as postmaster`)
    return rows[0] as State
  })
}

function sum(values: number[]): number {
  return values.reduce((all, value) => all + value, 0)
}
