import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { temporaryFolder } from '@jotc/testing/folder'
import { withClient } from '@jotc/testing/servers/database'
import { ratioOf, type Scenario } from '../figure.ts'
import { alternate } from '../measure/alternate.ts'
import { compared, compareServices } from '../measure/compare-services.ts'
import { measureLoad } from '../measure/load.ts'
import { outputOf } from '../measure/program.ts'
import { boardRequests, boards } from '../system/boards.ts'
import { people, signIn } from '../system/people.ts'
import { databaseWith, openServers, startBaseline, startService } from '../system/services.ts'

const PEOPLE = 100
/** The table that a plain service would have. */
const PLAIN_TABLE = `
  create table plain_submissions (
    id uuid primary key,
    user_id uuid not null references users,
    clouds text not null,
    size integer not null,
    total integer,
    created_at timestamptz not null default now()
  )`

/**
 * `POST /jotc` against a plain service with one INSERT a request, on the table that it would have and on ours, and
 * against the same INSERTs by pgbench, without any service.
 */
export const post: Scenario = async (options, say) => {
  const { rounds, seconds, clients, workers } = options
  const accounts = people(PEOPLE)
  await using open = new AsyncDisposableStack()
  const service = open.use(await startService(await openServers(open, accounts), options))
  const plainDatabase = await databaseWith(accounts)
  await withClient(plainDatabase, (client) => client.query(PLAIN_TABLE))
  const plain = open.use(await startBaseline('post', workers, plainDatabase, 'plain_submissions'))
  const onOurTable = open.use(await startBaseline('post', workers, plainDatabase, 'submissions'))

  const ours = { ...service, status: 201, requests: boardRequests(await signIn(service.url, accounts)) }
  const requests = boardRequests(await signIn(plain.url, accounts))
  const baseline = { ...plain, status: 201, requests }
  const aims = { perSecond: { atLeast: 2 }, p99: { atMost: 0.4 } }
  const own = 'submissions, the plain service on its own table'
  const { figures, notes } = await compareServices(own, { ours, baseline }, aims, options, say)

  say(`${rounds} rounds against the plain service on our table, and against pgbench`)
  const load = { clients, seconds }
  const other = await alternate(rounds, {
    ours: () => measureLoad(ours, load),
    baseline: () => measureLoad({ ...onOurTable, status: 201, requests }, load),
    pgbenchPlain: () => pgbench(plainDatabase, 'plain_submissions', load),
    pgbenchOurs: () => pgbench(plainDatabase, 'submissions', load),
  })
  figures.push(compared('submissions, the plain service on our table', 'perSecond', other, { atLeast: 3 }))
  const perSecond = other.ours.map((measured) => measured.perSecond)
  for (const [where, rates] of [
    ['its own table', other.pgbenchPlain],
    ['our table', other.pgbenchOurs],
  ] as const) {
    const what = `submissions, pgbench on ${where}`
    const baseline = rates.filter((rate) => rate !== undefined)
    if (baseline.length === 0) notes.push(`${what}: not on this machine`)
    else figures.push(ratioOf({ what, unit: 'a second', ours: perSecond, baseline }))
  }
  return { figures, notes }
}

/**
 * The database without any service: repeats one prepared `INSERT` of a board of the usual size with PostgreSQL's own load
 * generator.
 *
 * @returns transactions a second, or undefined if this machine has no pgbench
 */
async function pgbench(
  databaseUrl: string,
  table: string,
  { clients, seconds }: { clients: number; seconds: number },
): Promise<number | undefined> {
  const { clouds, total } = boards(2).at(-1) ?? { clouds: '0', total: 0 }
  const { rows } = await withClient(databaseUrl, (client) => client.query('select id from users limit 1'))
  const statement = `insert into ${table} (user_id, id, clouds, size, total)
    values ('${rows[0].id}', gen_random_uuid(), '${clouds}', ${clouds.length}, ${total});`.replaceAll('\n', ' ')
  using folder = temporaryFolder('pgbench')
  const script = join(folder.path, 'script.sql')
  writeFileSync(script, statement)
  const load = ['--client', String(clients), '--jobs', '2', '--time', String(Math.ceil(seconds))]
  const output = await outputOf('pgbench', ['--no-vacuum', '-M', 'prepared', '--file', script, ...load, databaseUrl])
  return output === undefined ? undefined : Number(/^tps = ([\d.]+)/m.exec(output)?.[1])
}
