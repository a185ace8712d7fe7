import assert from 'node:assert/strict'
import { randomUUIDv7 } from 'node:crypto'
import { after, before, test } from 'node:test'
import { createDatabase, type TestDatabase } from '@jotc/testing/servers/database'
import pg from 'pg'

type Row = Record<string, unknown>

let database: TestDatabase
let client: pg.Client
let ana: string

before(async () => {
  database = await createDatabase()
  client = new pg.Client(database.url)
  await client.connect()
  ana = await insertUser({})
})

after(async () => {
  await client.end()
  await database.drop()
})

const acceptedUsers: [what: string, row: Row][] = [
  ['born on the first day of 1900', { birth_date: '1900-01-01' }],
  ['with the shortest email', { email: 'a@b' }],
  ['with the longest email', { email: `${'a'.repeat(64)}@${'b'.repeat(185)}.org` }],
  ['with a name of 1,000 code points', { first_name: '𓀀'.repeat(1000) }],
  ['who is an administrator', { role: 'admin' }],
]
for (const [what, row] of acceptedUsers) test(`a user ${what} is stored`, () => assert.doesNotReject(insertUser(row)))

const refusedUsers: [what: string, row: Row, constraint: string][] = [
  ['an email in capitals', { email: 'Ana@example.org' }, 'users_email'],
  ['an email of 2 characters', { email: 'a@' }, 'users_email'],
  ['an email of 255 characters', { email: `${'a'.repeat(64)}@${'b'.repeat(186)}.org` }, 'users_email'],
  ['an empty first name', { first_name: '' }, 'users_names'],
  ['a last name of 1,001 characters', { last_name: 'a'.repeat(1001) }, 'users_names'],
  ['a birth date before 1900', { birth_date: '1899-12-31' }, 'users_birth_date'],
  ['a birth date that is no day', { birth_date: 'infinity' }, 'users_birth_date'],
  ['a role nobody knows', { role: 'owner' }, 'users_role'],
]
for (const [what, row, constraint] of refusedUsers)
  test(`a user with ${what} is refused`, () => assert.rejects(insertUser(row), { constraint }))

test('a second user of the same email is refused', async () => {
  await insertUser({ email: 'twice@example.org' })
  await assert.rejects(insertUser({ email: 'twice@example.org' }), { constraint: 'users_email_key' })
})

test('a new user is no administrator and has no verified email', async () => {
  const id = await insertUser({})
  const { rows } = await client.query('select role, email_verified_at from users where id = $1', [id])
  assert.deepEqual(rows, [{ role: 'user', email_verified_at: null }])
})

test('a time is cut to its millisecond, so the last moment of a day is never stored in the next', async () => {
  for (let round = 0; round < 30; round++) {
    const { rows } = await client.query(
      `insert into users (id, email, first_name, last_name, birth_date) values ($1, $2, 'Ana', 'Silva', '1990-05-09')
       returning created_at <= now() as "notLater", now() - created_at < '1 ms' as "sameMillisecond"`,
      [randomUUIDv7(), `round-${round}@example.org`],
    )
    assert.deepEqual(rows, [{ notLater: true, sameMillisecond: true }])
  }
})

test('a code of more than five tries, or without a whole hash, is refused', async () => {
  const insert = (row: { hash?: Buffer; tries?: number }) =>
    client.query(
      `insert into challenges (id, email, origin, hash, digits, tries, expires_at)
       values ($1, 'code@example.org', 'somewhere', $2, 6, $3, now() + interval '10 minutes')`,
      [randomUUIDv7(), row.hash ?? Buffer.alloc(32), row.tries ?? 0],
    )
  await assert.doesNotReject(insert({ tries: 5 }))
  await assert.rejects(insert({ tries: 6 }), { constraint: 'challenges_tries' })
  await assert.rejects(insert({ hash: Buffer.alloc(31) }), { constraint: 'challenges_hash' })
})

test('whoever changes or erases an account leaves word of it, each time anew', async () => {
  const id = await insertUser({})
  const told = async () =>
    (await client.query("select recorded_at from revocations where id = $1 and kind = 'account'", [id])).rows
  assert.deepEqual(await told(), [])
  await client.query("update users set role = 'admin' where id = $1", [id])
  const [changed] = await told()
  await client.query('delete from users where id = $1', [id])
  const [erased] = await told()
  assert.ok(changed && erased && erased.recorded_at >= changed.recorded_at)
})

const acceptedSubmissions: [clouds: string, total: number | null][] = [
  ['0', 0],
  ['00', 1],
  ['0010010', 4],
  ['0110', null],
  ['0'.repeat(10_000), 5000],
]
for (const [clouds, total] of acceptedSubmissions)
  test(`a board of ${clouds.length} with total ${total} is stored`, () =>
    assert.doesNotReject(insertSubmission({ clouds, total })))

const refusedSubmissions: [what: string, row: Row, constraint: string][] = [
  ['without clouds', { clouds: '', total: 0 }, 'submissions_clouds'],
  ['that begins with a thunderhead', { clouds: '100', total: 1 }, 'submissions_clouds'],
  ['that ends with a thunderhead', { clouds: '001', total: 1 }, 'submissions_clouds'],
  ['with another character', { clouds: '020', total: 1 }, 'submissions_clouds'],
  ['with a line end behind it', { clouds: '000\n', total: 2 }, 'submissions_clouds'],
  ['of 10,001 clouds', { clouds: '0'.repeat(10_001), total: 5000 }, 'submissions_clouds'],
  ['whose size is another', { clouds: '000', size: 4, total: 2 }, 'submissions_size'],
  ['that is blocked, but has a total', { clouds: '0110', total: 2 }, 'submissions_blocked'],
  ['that is free, but has no total', { clouds: '010', total: null }, 'submissions_blocked'],
  ['crossed faster than by twos', { clouds: '00000', total: 1 }, 'submissions_total'],
  ['crossed slower than by ones', { clouds: '00000', total: 5 }, 'submissions_total'],
  ['played, but blocked', { clouds: '0110', total: null, played_jumps: 3 }, 'submissions_played_jumps'],
  ['played in fewer jumps than there can be', { clouds: '000', total: 1, played_jumps: 0 }, 'submissions_played_jumps'],
  ['played in more jumps than clouds', { clouds: '000', total: 1, played_jumps: 3 }, 'submissions_played_jumps'],
  ['of the year 1899', { created_at: '1899-12-31T23:59:59Z' }, 'submissions_created_at'],
  ['of the year 3000', { created_at: '3000-01-01T00:00:00Z' }, 'submissions_created_at'],
  ['of a time that never comes', { created_at: 'infinity' }, 'submissions_created_at'],
  ['of nobody', { user_id: randomUUIDv7() }, 'submissions_user_id_fkey'],
]
for (const [what, row, constraint] of refusedSubmissions)
  test(`a board ${what} is refused`, () => assert.rejects(insertSubmission(row), { constraint }))

test('a submission sent twice is stored once', async () => {
  const id = randomUUIDv7()
  await insertSubmission({ id })
  await assert.rejects(insertSubmission({ id }), { constraint: 'submissions_pkey' })
})

test('with an account its submissions go', async () => {
  const user_id = await insertUser({})
  await insertSubmission({ user_id })
  await client.query('delete from users where id = $1', [user_id])
  const { rows } = await client.query('select from submissions where user_id = $1', [user_id])
  assert.equal(rows.length, 0)
})

test('no day is summed up while a transaction that may be old is writing', async (t) => {
  const [writer, role] = [new pg.Client(database.url), `role_${randomUUIDv7().replaceAll('-', '')}`]
  await writer.connect()
  await client.query(
    `create role ${role}; grant select, insert, update, delete on all tables in schema public to ${role}`,
  )
  t.after(async () => {
    await writer.end()
    await client.query(`reset role; drop owned by ${role}; drop role ${role}`)
  })
  const sumsUp = async () => {
    await client.query("update submission_sums set summed_until = '2026-01-01'")
    await client.query('select roll_up_submissions()')
    return (await client.query<{ done: boolean }>("select summed_until > '2026-01-01' as done from submission_sums"))
      .rows[0]?.done
  }
  // Of another role's transaction one cannot know when it began.
  await client.query(`set role ${role}`)
  assert.equal(await sumsUp(), true)
  await writer.query('begin')
  await writer.query('delete from submissions where false')
  assert.equal(await sumsUp(), false)
  await writer.query('commit')
  assert.equal(await sumsUp(), true)
})

test('an index finds any part of an email', async () => {
  assert.match(await planOf(`select id from users where email like '%na@ex%'`, []), /users_email_parts/)
})

async function insertUser(given: Row): Promise<string> {
  const id = randomUUIDv7()
  const row = {
    id,
    email: `${id}@example.org`,
    first_name: 'Ana',
    last_name: 'Sol',
    birth_date: '1990-01-01',
    ...given,
  }
  await insert('users', row)
  return id
}

async function insertSubmission({ clouds = '0010010', ...given }: Row & { clouds?: string }): Promise<void> {
  await insert('submissions', { user_id: ana, id: randomUUIDv7(), clouds, size: clouds.length, total: 4, ...given })
}

async function insert(table: string, row: Row): Promise<void> {
  const places = Object.keys(row).map((_, place) => `$${place + 1}`)
  await client.query(`insert into ${table} (${Object.keys(row)}) values (${places})`, Object.values(row))
}

/** How PostgreSQL would answer if the table were too large to be read through. */
async function planOf(query: string, values: unknown[]): Promise<string> {
  await client.query('set enable_seqscan = off; set enable_bitmapscan = on; set enable_sort = off')
  const { rows } = await client.query<{ 'QUERY PLAN': string }>(`explain ${query}`, values)
  return rows.map((row) => row['QUERY PLAN']).join('\n')
}
