/**
 * `npm run demo`: fills a development database with invented people and two months of their submissions, so that every
 * page has something to show. In one transaction, and only once.
 */

import { join } from 'node:path'
import pg from 'pg'
import { findPostgres, InUse, startPostgres } from '../db/src/embedded.ts'
import { failureText } from '../db/src/failure.ts'
import { migrate } from '../db/src/migrate.ts'
import { idAt } from './demo/chance.ts'
import { people } from './demo/people.ts'
import { type SampleSubmission, submissionsUntil } from './demo/submissions.ts'
import { readSettings, SettingError, type Settings } from './start/settings.ts'

const ROWS_PER_INSERT = 500

try {
  const settings = readSettings()
  if (settings.mode === 'production')
    throw new SettingError('APP_ENV is production: sample data is for development only.')
  await withDatabase(settings, async (url) => console.log(await fill(url)))
} catch (error) {
  console.error(`npm run demo: ${failureText(error)}`)
  process.exitCode = 1
}

/** Uses the database of the settings, or the embedded one, which is started for the moment unless it runs. */
async function withDatabase({ databaseUrl, dataDir }: Settings, use: (url: string) => Promise<void>): Promise<void> {
  if (databaseUrl !== undefined) return use(databaseUrl)
  const folder = join(dataDir, 'postgres')
  const server = await startPostgres({ dataDir: folder }).catch((error) => {
    if (error instanceof InUse) return undefined
    throw error
  })
  const url = server?.url ?? (await findPostgres(folder))
  if (url === undefined) throw new Error('the database is just being started or stopped; try again')
  await use(url).finally(() => server?.stop())
}

/** @returns the result in one line */
async function fill(url: string): Promise<string> {
  await migrate(url)
  const client = new pg.Client(url)
  await client.connect()
  try {
    const sample = people()
    const emails = sample.map(({ email }) => email)
    const { rowCount } = await client.query('select from users where email = any($1) limit 1', [emails])
    if (rowCount) return 'Sample data is already there.'
    const submissions = submissionsUntil(new Date(), sample.length)
    await client.query('begin')
    const ids = await insertPeople(client, submissions)
    for (let begin = 0; begin < submissions.length; begin += ROWS_PER_INSERT) {
      await insertSubmissions(client, ids, submissions.slice(begin, begin + ROWS_PER_INSERT))
    }
    await client.query('commit')
    // Otherwise the planner would expect empty tables for a while.
    await client.query('analyze users, submissions')
    const [admin] = sample
    return (
      `Added ${sample.length} people and ${submissions.length.toLocaleString('en')} submissions from the last two months. ` +
      `Sign in as administrator: first name ${admin?.firstName}, last name ${admin?.lastName}, ` +
      `email ${admin?.email}, birth date ${admin?.birthDate}.`
    )
  } finally {
    await client.end()
  }
}

/** People join shortly before their first board. @returns their ids */
async function insertPeople(client: pg.Client, submissions: SampleSubmission[]): Promise<string[]> {
  const first = Map.groupBy(submissions, ({ person }) => person)
  const rows = people().map((person, number) => {
    const time = first.get(number)?.[0]?.createdAt ?? submissions[number]?.createdAt ?? new Date()
    const joined = new Date(time.getTime() - 90_000)
    return { ...person, joined, id: idAt(joined, person.email), role: number === 0 ? 'admin' : 'user' }
  })
  await client.query(
    `insert into users (id, email, first_name, last_name, birth_date, role, email_verified_at, created_at)
     select id, email, first_name, last_name, birth_date, role, joined, joined
     from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::date[], $6::text[], $7::timestamptz[])
       as person (id, email, first_name, last_name, birth_date, role, joined)`,
    [
      rows.map(({ id }) => id),
      rows.map(({ email }) => email),
      rows.map(({ firstName }) => firstName),
      rows.map(({ lastName }) => lastName),
      rows.map(({ birthDate }) => birthDate),
      rows.map(({ role }) => role),
      rows.map(({ joined }) => joined),
    ],
  )
  return rows.map(({ id }) => id)
}

async function insertSubmissions(client: pg.Client, userIds: string[], rows: SampleSubmission[]): Promise<void> {
  await client.query(
    `insert into submissions (user_id, id, clouds, size, total, created_at)
     select user_id, id, clouds, length(clouds), total, created_at
     from unnest($1::uuid[], $2::uuid[], $3::text[], $4::integer[], $5::timestamptz[])
       as sent (user_id, id, clouds, total, created_at)`,
    [
      rows.map(({ person }) => userIds[person]),
      rows.map(({ createdAt, clouds, person }) => idAt(createdAt, person, clouds)),
      rows.map(({ clouds }) => clouds),
      rows.map(({ total }) => total),
      rows.map(({ createdAt }) => createdAt),
    ],
  )
}
