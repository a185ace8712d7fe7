import { readFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { PG_MIGRATE_LOCK_ID, runner } from 'node-pg-migrate'
import pg from 'pg'
import { failureText } from './failure.ts'

const MIGRATIONS = fileURLToPath(new URL('../migrations', import.meta.url))
const SILENT = { debug() {}, info() {}, warn() {}, error() {} }

/**
 * Brings a database's schema up to date: runs what is new in `db/migrations`, each in a transaction of its own.
 *
 * Promises: processes that start at once take turns, and each returns only when the schema is current.
 *
 * @param log gets one line a migration that was applied
 * @returns the names of the migrations applied by this call
 * @throws when the database cannot be reached or a migration fails, which then has changed nothing
 */
export async function migrate(databaseUrl: string, log: (line: string) => void = () => {}): Promise<string[]> {
  const client = new pg.Client({
    connectionString: databaseUrl,
    application_name: 'jotc-migrate',
    connectionTimeoutMillis: 10_000,
  })
  // A connection that breaks between two statements fails the next one; without a listener it would end the process.
  client.on('error', () => {})
  try {
    await client.connect()
    await takeTurn(client)
    const applied = await runner({
      dbClient: client,
      dir: MIGRATIONS,
      direction: 'up',
      migrationsTable: 'migrations',
      singleTransaction: false,
      noLock: true,
      logger: SILENT,
    })
    const names = applied.map(({ name }) => name)
    for (const name of names) log(`Applied migration ${name}`)
    return names
  } finally {
    // Gives the lock back, too: it belongs to the connection.
    await client.end().catch(() => {})
  }
}

/**
 * Holds node-pg-migrate's own lock. Asks again rather than wait inside a statement: the waiting statement's
 * snapshot would block `create index concurrently` in the process whose turn it is.
 */
async function takeTurn(client: pg.Client): Promise<void> {
  for (;;) {
    const { rows } = await client.query<{ mine: boolean }>('select pg_try_advisory_lock($1) as mine', [
      PG_MIGRATE_LOCK_ID,
    ])
    if (rows[0]?.mine) return
    await delay(50)
  }
}

if (import.meta.main) {
  // biome-ignore lint/style/noProcessEnv: the command has this one setting, and nothing else reads it.
  const { DATABASE_URL, DATABASE_URL_FILE } = process.env
  try {
    const url = DATABASE_URL_FILE ? readFileSync(DATABASE_URL_FILE, 'utf8').trim() : DATABASE_URL
    if (!url) throw new Error('DATABASE_URL is not set')
    const applied = await migrate(url, (line) => console.log(line))
    if (applied.length === 0) console.log('The schema is up to date')
  } catch (error) {
    console.error(`migrate: ${failureText(error)}`)
    process.exitCode = 1
  }
}
