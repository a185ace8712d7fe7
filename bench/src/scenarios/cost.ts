import { withClient } from '@jotc/testing/servers/database'
import { ratioOf, type Scenario } from '../figure.ts'
import { alternate } from '../measure/alternate.ts'
import { measureLoad } from '../measure/load.ts'
import { cpuMeter } from '../measure/machine.ts'
import { boardRequests } from '../system/boards.ts'
import { people, signIn } from '../system/people.ts'
import { openServers, startService } from '../system/services.ts'

const PEOPLE = 100

/** What a submission costs, and what two services on one database and one Redis carry against one of them alone. */
export const cost: Scenario = async (options, say) => {
  const { rounds, seconds, clients, workers } = options
  const accounts = people(PEOPLE)
  await using open = new AsyncDisposableStack()
  const servers = await openServers(open, accounts)
  const start = async () => open.use(await startService(servers, options))
  const [first, second] = [await start(), await start()]
  const requests = boardRequests(await signIn(first.url, accounts))
  const state = () => stateOf(servers.databaseUrl)

  /** The same clients, divided among these services. */
  async function measure(services: { url: string; pid: number }[]) {
    const before = await state()
    const ofPostgres = cpuMeter(before.postmaster)
    const share = { clients: Math.max(1, Math.round(clients / services.length)), seconds }
    const loads = await Promise.all(services.map((each) => measureLoad({ ...each, status: 201, requests }, share)))
    const cpu = ofPostgres()
    const { rows, walBytes } = await state()
    const sent = rows - before.rows
    const perSecond = sum(loads.map((each) => each.perSecond))
    return {
      perSecond,
      p99: Math.max(...loads.map(({ p99 }) => p99)),
      // All loads are made by this process.
      generator: Math.max(...loads.map(({ generator }) => generator)),
      cpu: sum(loads.map((each) => each.cpu * each.perSecond)) / perSecond,
      postgresCpu: (cpu / sent) * 1e6,
      walBytes: (walBytes - before.walBytes) / sent,
    }
  }

  const sides = { ours: () => measure([first, second]), baseline: () => measure([first]) }
  say('warming up')
  await alternate(1, sides)
  const warm = await state()
  say(`${rounds} rounds, ${clients} clients as quick as they can`)
  const { ours, baseline } = await alternate(rounds, sides)
  const end = await state()

  const compared = (what: string, unit: string, of: keyof (typeof ours)[number]) =>
    ratioOf({ what, unit, ours: ours.map((each) => each[of]), baseline: baseline.map((each) => each[of]) })
  const generator = Math.max(...[...ours, ...baseline].map((each) => each.generator))
  const disk = (end.diskBytes - warm.diskBytes) / (end.rows - warm.rows)
  return {
    figures: [
      compared('submissions, one service', 'a second', 'perSecond'),
      compared('p99, one service', 'ms', 'p99'),
      compared('CPU of the services a submission', 'µs', 'cpu'),
      compared('CPU of PostgreSQL a submission', 'µs', 'postgresCpu'),
      compared('write-ahead log a submission', 'bytes', 'walBytes'),
    ],
    notes: [
      'ours: two services; baseline: one of them alone, with as many clients in all',
      `disk: ${Math.round(disk)} bytes a submission, with its indexes`,
      `connections: ${end.connections / (2 * workers)} a worker`,
      `generator: at most ${Math.round(100 * generator)} % of a core`,
    ],
  }
}

type State = { rows: number; walBytes: number; diskBytes: number; connections: number; postmaster: number }

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
