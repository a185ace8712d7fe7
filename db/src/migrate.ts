import { createHmac, hash, pbkdf2Sync, randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { PG_MIGRATE_LOCK_ID, runner } from 'node-pg-migrate'
import pg from 'pg'
import { failureText } from './failure.ts'

const MIGRATIONS = fileURLToPath(new URL('../migrations', import.meta.url))
const SILENT = { debug() {}, info() {}, warn() {}, error() {} }

/**
 * Brings a database's schema up to date: runs new files of `db/migrations`, each in its own transaction.
 *
 * Promises: processes that start at once take turns, and each returns only when the schema is current.
 *
 * @param log gets a line for each applied migration, and for a role that was created or changed
 * @param serviceUrl with which the service will connect: its role is created if missing, gets the password of this URL,
 *   and may read and write rows, nothing else
 * @returns the names of the migrations applied by this call
 * @throws if the database cannot be reached or a migration fails, which then has changed nothing
 */
export async function migrate(
  databaseUrl: string,
  log: (line: string) => void = () => {},
  serviceUrl?: string,
): Promise<string[]> {
  const client = new pg.Client({
    connectionString: databaseUrl,
    application_name: 'jotc-migrate',
    connectionTimeoutMillis: 10_000,
  })
  // Without a listener, a connection lost between two statements would end the process; the next statement fails anyway.
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
    if (serviceUrl !== undefined) await admitService(client, serviceUrl, log)
    return names
  } finally {
    // Releases the lock too: it belongs to the connection.
    await client.end().catch(() => {})
  }
}

/**
 * Takes node-pg-migrate's own lock. It polls, because the snapshot of a waiting statement would block
 * `create index concurrently` in the process that holds the lock.
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

/** Creates the role that the service connects as, if missing, and grants it the rows of all tables. */
async function admitService(owner: pg.Client, url: string, log: (line: string) => void): Promise<void> {
  // Like the service, the driver takes from the environment what the URL leaves out.
  const service = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  service.on('error', () => {})
  const { user, password } = service
  if (!user || user === owner.user) return
  const role = pg.escapeIdentifier(user)
  try {
    await service.connect()
    await service.end()
  } catch (error) {
    const { code } = error as pg.DatabaseError
    // Only for a missing role or another password.
    if (code !== '28P01' && code !== '28000') throw error
    const { rowCount } = await owner.query('select from pg_roles where rolname = $1', [user])
    await owner.query(`${rowCount ? 'alter' : 'create'} role ${role} login password '${scram(password ?? '')}'`)
    log(rowCount ? `Gave the role ${user} its new password` : `Made the role ${user}`)
  }
  await owner.query(`
    grant usage on schema public to ${role};
    grant select, insert, update, delete on all tables in schema public to ${role};
    grant usage on all sequences in schema public to ${role};
    revoke all on migrations from ${role}`)
}

/** The SCRAM-SHA-256 verifier of a password (RFC 5803), so that the password itself is in no statement or log. */
function scram(password: string): string {
  const [salt, rounds] = [randomBytes(16), 4096]
  const salted = pbkdf2Sync(password, salt, rounds, 32, 'sha256')
  const key = (name: string) => createHmac('sha256', salted).update(name).digest()
  const stored = hash('sha256', key('Client Key'), 'base64')
  return `SCRAM-SHA-256$${rounds}:${salt.toString('base64')}$${stored}:${key('Server Key').toString('base64')}`
}

if (import.meta.main) {
  try {
    const url = setting('DATABASE_URL')
    if (!url) throw new Error('DATABASE_URL is not set')
    const serviceUrl = setting('SERVICE_DATABASE_URL')
    const applied = await migrate(inDatabase(url), console.log, serviceUrl && inDatabase(serviceUrl))
    if (applied.length === 0) console.log('The schema is up to date')
  } catch (error) {
    console.error(`migrate: ${failureText(error)}`)
    process.exitCode = 1
  }
}

/** The URL, with the database that the command names, if any. */
function inDatabase(address: string): string {
  const [, , name] = process.argv
  if (name === undefined) return address
  const url = new URL(address)
  url.pathname = `/${name}`
  return url.href
}

/** A setting from the environment, or from the file named by NAME_FILE. */
function setting(name: string): string | undefined {
  // biome-ignore lint/style/noProcessEnv: these are the command's two settings.
  const { [name]: value, [`${name}_FILE`]: file } = process.env
  return (file ? readFileSync(file, 'utf8').trim() : value) || undefined
}
