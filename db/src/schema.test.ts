import assert from 'node:assert/strict'
import { randomUUIDv7 } from 'node:crypto'
import { after, test } from 'node:test'
import { createDatabase, withClient } from '@jotc/testing/servers/database'
import pg from 'pg'

type Row = Record<string, unknown>

const database = await createDatabase()
const client = new pg.Client(database.url)
await client.connect()
const ana = await insertUser({ email: 'ana@example.org' })
const stored = randomUUIDv7()
await insertSubmission({ id: stored })

after(async () => {
  await client.end()
  await database.drop()
})

/** Those with a constraint are refused by it. */
const users: [what: string, row: Row, constraint?: string][] = [
  ['born on the first day of 1900', { birth_date: '1900-01-01' }],
  ['with the shortest email', { email: 'a@b' }],
  ['with the longest email', { email: `${'a'.repeat(64)}@${'b'.repeat(185)}.org` }],
  ['with a name of 1,000 code points', { first_name: '𓀀'.repeat(1000) }],
  ['who is an administrator', { role: 'admin' }],
  ['with an email in capitals', { email: 'Ana@example.org' }, 'users_email'],
  ['with an email of 2 characters', { email: 'a@' }, 'users_email'],
  ['with an email of 255 characters', { email: `${'a'.repeat(64)}@${'b'.repeat(186)}.org` }, 'users_email'],
  ['with the email of another one', { email: 'ana@example.org' }, 'users_email_key'],
  ['with an empty first name', { first_name: '' }, 'users_names'],
  ['with a last name of 1,001 characters', { last_name: 'a'.repeat(1001) }, 'users_names'],
  ['with a birth date before 1900', { birth_date: '1899-12-31' }, 'users_birth_date'],
  ['with a birth date that is no day', { birth_date: 'infinity' }, 'users_birth_date'],
  ['with a role nobody knows', { role: 'owner' }, 'users_role'],
]
for (const [what, row, constraint] of users)
  test(`a user ${what} is ${constraint ? 'refused' : 'stored'}`, () => isStored(insertUser(row), constraint))

/** Of seven clouds, crossed in four jumps, unless it says otherwise; those with a constraint are refused by it. */
const boards: [what: string, row: Row, constraint?: string][] = [
  ['of one cloud', { clouds: '0', total: 0 }],
  ['of two clouds', { clouds: '00', total: 1 }],
  ['of seven clouds', {}],
  ['that is blocked', { clouds: '0110', total: null }],
  ['of 10,000 clouds', { clouds: '0'.repeat(10_000), total: 5000 }],
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
  ['that is stored already', { id: stored }, 'submissions_pkey'],
  ['of nobody', { user_id: randomUUIDv7() }, 'submissions_user_id_fkey'],
]
for (const [what, row, constraint] of boards)
  test(`a board ${what} is ${constraint ? 'refused' : 'stored'}`, () => isStored(insertSubmission(row), constraint))

test('a new user is no administrator, has no verified email, and a time cut to its millisecond, so that the last moment of a day is never stored in the next', async () => {
  for (let round = 0; round < 30; round++) {
    const { rows } = await client.query(
      `insert into users (id, email, first_name, last_name, birth_date) values ($1, $2, 'Ana', 'Silva', '1990-05-09')
       returning role, email_verified_at, created_at <= now() as "notLater", now() - created_at < '1 ms' as "same"`,
      [randomUUIDv7(), `round-${round}@example.org`],
    )
    assert.deepEqual(rows, [{ role: 'user', email_verified_at: null, notLater: true, same: true }])
  }
})

test('a code of more than five tries, or without a whole hash, is refused', async () => {
  const code = (row: Row) => {
    const fixed = {
      id: randomUUIDv7(),
      email: 'code@example.org',
      origin: 'somewhere',
      digits: 6,
      expires_at: 'tomorrow',
    }
    return insert('challenges', { ...fixed, hash: Buffer.alloc(32), ...row })
  }
  await isStored(code({ tries: 5 }))
  await isStored(code({ tries: 6 }), 'challenges_tries')
  await isStored(code({ hash: Buffer.alloc(31) }), 'challenges_hash')
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

test('with an account its submissions go', async () => {
  const user_id = await insertUser({})
  await insertSubmission({ user_id })
  await client.query('delete from users where id = $1', [user_id])
  const { rows } = await client.query('select from submissions where user_id = $1', [user_id])
  assert.equal(rows.length, 0)
})

test('no day is summed up while a transaction that may be old is writing', async (t) => {
  const role = `role_${randomUUIDv7().replaceAll('-', '')}`
  await client.query(
    `create role ${role}; grant select, insert, update, delete on all tables in schema public to ${role}`,
  )
  t.after(() => client.query(`reset role; drop owned by ${role}; drop role ${role}`))
  const sumsUp = async () => {
    await client.query("update submission_sums set summed_until = '2026-01-01'")
    await client.query('select roll_up_submissions()')
    return (await client.query("select summed_until > '2026-01-01' as done from submission_sums")).rows[0].done
  }
  // Of another role's transaction one cannot know when it began.
  await client.query(`set role ${role}`)
  assert.equal(await sumsUp(), true)
  await withClient(database.url, async (writer) => {
    await writer.query('begin')
    await writer.query('delete from submissions where false')
    assert.equal(await sumsUp(), false)
    await writer.query('commit')
    assert.equal(await sumsUp(), true)
  })
})

test('an index finds any part of an email', async () => {
  // As if the table were too large to be read through.
  await client.query('set enable_seqscan = off; set enable_sort = off')
  const { rows } = await client.query("explain select id from users where email like '%na@ex%'")
  assert.match(JSON.stringify(rows), /users_email_parts/)
})

/** Resolves when a row is stored, or refused by the constraint that is named. */
async function isStored(inserting: Promise<unknown>, constraint?: string): Promise<void> {
  await (constraint ? assert.rejects(inserting, { constraint }) : inserting)
}

async function insertUser(given: Row): Promise<string> {
  const id = randomUUIDv7()
  const person = { first_name: 'Ana', last_name: 'Sol', birth_date: '1990-01-01' }
  await insert('users', { id, email: `${id}@example.org`, ...person, ...given })
  return id
}

async function insertSubmission({ clouds = '0010010', ...given }: Row & { clouds?: string }): Promise<void> {
  await insert('submissions', { user_id: ana, id: randomUUIDv7(), clouds, size: clouds.length, total: 4, ...given })
}

async function insert(table: string, row: Row): Promise<void> {
  const places = Object.keys(row).map((_, place) => `$${place + 1}`)
  await client.query(`insert into ${table} (${Object.keys(row)}) values (${places})`, Object.values(row))
}
