import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, test } from 'node:test'
import type { UserPage, UserSortKey } from '@jotc/core/api/users'
import {
  detailsOf,
  jsonOf,
  type Person,
  problemOf,
  search,
  signIn,
  system,
  wrongFields,
} from '@jotc/testing/service/system'
import sql from 'sql-template-tag'
import type { Database } from '../database/database.ts'
import { userRepository } from './repository.ts'

const shared = await system({ after })
const admin = await shared.person('admin')
const ana = await shared.person('ana')

const users = async (who: Person, query: Record<string, string | number> = {}): Promise<UserPage> =>
  jsonOf(await who.gets(`/users?${search(query)}`), 200)
const emails = (page: UserPage) => page.items.map((user) => user.email)

test('only administrators see and change accounts', async () => {
  for (const answer of [
    await ana.gets('/users'),
    await ana.patches(`/users/${ana.id}`, { role: 'admin' }),
    await ana.deletes(`/users/${admin.id}/submissions`),
    await ana.deletes(`/users/${admin.id}/sessions`),
  ]) {
    assert.equal(problemOf(answer, 403).detail, 'Only administrators can do this.')
  }
  assert.equal((await ana.gets('/me')).json().role, 'user')
})

test('an account is listed with its details and how many submissions it has', async () => {
  await ana.solves('000')
  await ana.solves('0110')
  const { items, total } = await users(admin, { search: 'ana@' })
  const { createdAt, ...shown } = items[0] ?? assert.fail('nobody was found')
  assert.equal(total, 1)
  assert.deepEqual(shown, { id: ana.id, ...detailsOf('ana'), role: 'user', submissions: 2 })
})

test('people are found by any part of their address or name, in any case; signs of patterns are just characters', async (t) => {
  const { api, person } = await system(t)
  const chief = await person('chief')
  await signIn(api, { ...detailsOf('under_score'), firstName: 'Zoë', lastName: "O'Shea" })
  await signIn(api, { ...detailsOf('percent%'), firstName: 'Ana', lastName: 'Silva' })
  await signIn(api, { ...detailsOf('laos'), firstName: 'Λαός', lastName: 'Strauß' })
  await signIn(api, { ...detailsOf('ipek'), firstName: 'İpek', lastName: 'Işık' })
  // The forms of a name: names.test.ts.
  for (const [text, found] of [
    ['SCORE', ['under_score@example.org']],
    ['zoË o', ['under_score@example.org']],
    ['ｕｎｄｅｒ＿ｓ', ['under_score@example.org']],
    ['％', ['percent%@example.org']],
    ['_', ['under_score@example.org']],
    ['%', ['percent%@example.org']],
    ['\\', []],
    ['ΛΑΌΣ', ['laos@example.org']],
    ['ISIK', []],
    ['IŞIK', ['ipek@example.org']],
    ['@EXAMPLE.org', ['chief', 'ipek', 'laos', 'percent%', 'under_score'].map((name) => `${name}@example.org`)],
  ] as const) {
    assert.deepEqual(emails(await users(chief, { search: text })), found, text)
  }
  const administrators = await users(chief, { role: 'admin' })
  assert.deepEqual([emails(administrators), administrators.total], [['chief@example.org'], 1])
  // By last name, then by first name, whatever the case and the order in which they came.
  await signIn(api, { ...detailsOf('bea'), lastName: 'OKAFOR' })
  const byName = emails(await users(chief, { sortBy: 'name' })).map((email) => email.split('@')[0])
  assert.deepEqual(byName, ['ipek', 'under_score', 'bea', 'chief', 'percent%', 'laos'])
})

test('each account stands on one page, in each order, and descending is the reverse', async (t) => {
  const { person } = await system(t)
  const chief = await person('chief')
  for (const name of ['a', 'b', 'c', 'd']) await (await person(name)).solves('000')
  for (const sortBy of ['createdAt', 'email', 'name', 'submissions']) {
    const ordered = async (sort: string) => {
      const pages = [1, 2, 3].map((page) => users(chief, { sortBy, sort, page, pageSize: 2 }))
      return (await Promise.all(pages)).flatMap(emails)
    }
    const ascending = await ordered('asc')
    assert.equal(new Set(ascending).size, 5, sortBy)
    assert.deepEqual((await ordered('desc')).reverse(), ascending, sortBy)
  }
  assert.equal(emails(await users(chief, { sortBy: 'submissions' }))[0], 'chief@example.org')
})

test('counts are exact while days are summed up; the rows of such days are not read', async (t) => {
  const { api, person, sql: run } = await system(t)
  const [chief, zoe, yan] = [await person('chief'), await person('zoe'), await person('yan')]
  const send = (id: string, count: number, daysAgo: number) =>
    run(
      `insert into submissions (user_id, id, clouds, size, total, created_at)
       select $1, uuidv7(), '000', 3, 1, now() - make_interval(days => $3) from generate_series(1, $2)`,
      [id, count, daysAgo],
    )
  await run('update submission_sums set summed_until = current_date - 40')
  await send(zoe.id, 300, 20)
  await send(yan.id, 200, 10)
  await send(yan.id, 101, 0)
  const ranked = async (sort: string) => {
    const { items } = await users(chief, { sortBy: 'submissions', sort })
    return items.map(({ email, submissions }) => `${email.split('@')[0]} ${submissions}`)
  }
  for (const until of ['current_date - 30', 'current_date - 15', 'current_date']) {
    await run(`select roll_up_submissions(${until})`)
    assert.deepEqual(await ranked('desc'), ['yan 301', 'zoe 300', 'chief 0'], until)
    assert.deepEqual((await users(chief, { search: 'yan' })).items[0]?.submissions, 301, until)
  }

  await run('vacuum analyze submissions')
  for (const sortBy of ['submissions', 'email'] as const) {
    assert.equal(await rowsRead(api.readDatabase, sortBy), 101, sortBy)
  }
})

/** How many submissions are read to list all accounts. */
async function rowsRead(database: Database, sortBy: UserSortKey): Promise<number> {
  let rows = 0
  const watched: Database = {
    ...database,
    async query(statement) {
      const plan = await database.query(sql`explain (analyze, timing off, format json) ${statement}`)
      JSON.stringify(plan, (_name, node) => {
        if (node?.['Relation Name'] === 'submissions') rows += Math.round(node['Actual Rows'] * node['Actual Loops'])
        return node
      })
      return await database.query(statement)
    },
  }
  await userRepository(watched).list({}, { sortBy, sort: 'desc' }, 0, 20)
  return rows
}

test('wrong parameters and roles are named', async () => {
  const list = await admin.gets('/users?page=0&pageSize=101&sortBy=age&who=ana')
  assert.deepEqual(wrongFields(list), ['page', 'pageSize', 'sortBy', 'who'])
  assert.deepEqual(wrongFields(await admin.patches(`/users/${ana.id}`, { role: 'owner' })), ['role'])
  assert.deepEqual(wrongFields(await admin.patches('/users/ana', { role: 'user' })), ['id'])
})

test('a role is given and taken, and counts at once; the last administrator stays one', async (t) => {
  const { person, sql } = await system(t)
  const [chief, zoe] = [await person('chief'), await person('zoe')]
  problemOf(await chief.patches(`/users/${chief.id}`, { role: 'user' }), 409)
  assert.equal(jsonOf(await chief.patches(`/users/${zoe.id}`, { role: 'user' }), 200).role, 'user')
  assert.deepEqual(await sql('select from revocations'), [], 'what somebody is already is not written')
  assert.equal(jsonOf(await chief.patches(`/users/${zoe.id}`, { role: 'admin' }), 200).role, 'admin')
  await users(zoe)
  assert.equal((await zoe.patches(`/users/${chief.id}`, { role: 'user' })).statusCode, 200)
  problemOf(await chief.gets('/users'), 403)
})

test('of two administrators who demote each other at the same moment one stays', async (t) => {
  const { person, sql } = await system(t)
  const [one, two] = [await person('one'), await person('two')]
  for (let round = 0; round < 10; round++) {
    await sql("update users set role = 'admin'")
    await Promise.all([
      one.patches(`/users/${two.id}`, { role: 'user' }),
      two.patches(`/users/${one.id}`, { role: 'user' }),
    ])
    assert.equal((await sql("select id from users where role = 'admin'")).length, 1)
  }
})

test('one person’s submissions are removed, nobody else’s, very many in pieces, and the account stays until it is erased', async (t) => {
  const fresh = await system(t)
  const [chief, zoe] = [await fresh.person('chief'), await fresh.person('zoe')]
  const { id } = await chief.solves('000')
  // By a statement alone a million outlast its deadline.
  await fresh.sql(`
    create function refuse_many() returns trigger language plpgsql as $$ begin
      if (select count(*) from gone) > 10000 then raise exception 'too many at once'; end if; return null;
    end $$;
    create trigger refuse_many after delete on submissions
      referencing old table as gone for each statement execute function refuse_many()`)
  const fill = () =>
    fresh.sql(
      `insert into submissions (user_id, id, clouds, size, total) select $1, uuidv7(), '000', 3, 1 from generate_series(1, 10001)`,
      [zoe.id],
    )
  await fill()
  for (const removed of [10_001, 0]) {
    assert.deepEqual(jsonOf(await chief.deletes(`/users/${zoe.id}/submissions`), 200), { removed })
  }
  assert.equal((await zoe.lists()).total, 0)
  await fill()
  assert.equal((await zoe.deletes('/me')).statusCode, 204)
  assert.deepEqual(await fresh.sql('select id from submissions'), [{ id }])
})

test('an account that does not exist is a 404', async () => {
  problemOf(await admin.patches(`/users/${randomUUID()}`, { role: 'admin' }), 404)
  for (const what of ['submissions', 'sessions']) problemOf(await admin.deletes(`/users/${randomUUID()}/${what}`), 404)
})
