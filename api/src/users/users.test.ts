import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, test } from 'node:test'
import type { UserPage } from '@jotc/core/api/users'
import { detailsOf, type Person, problemOf, search, signIn, system, wrongFields } from '../../test/system.ts'

const shared = await system({ after })
const admin = await shared.person('admin')
const ana = await shared.person('ana')

async function users(who: Person, query: Record<string, string | number> = {}): Promise<UserPage> {
  const answer = await who.gets(`/users?${search(query)}`)
  assert.equal(answer.statusCode, 200, answer.body)
  return answer.json()
}
const emails = (page: UserPage) => page.items.map((user) => user.email)

test('only administrators see and change accounts', async () => {
  for (const answer of [
    await ana.gets('/users'),
    await ana.patches(`/users/${ana.id}`, { role: 'admin' }),
    await ana.deletes(`/users/${admin.id}/submissions`),
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
  for (const [text, found] of [
    ['SCORE', ['under_score@example.org']],
    ['zoË o', ['under_score@example.org']],
    ["o's", ['under_score@example.org']],
    ['_', ['under_score@example.org']],
    ['%', ['percent%@example.org']],
    ['\\', []],
    ['@example.org', ['chief@example.org', 'percent%@example.org', 'under_score@example.org']],
  ] as const) {
    assert.deepEqual(emails(await users(chief, { search: text })), found, text)
  }
  assert.deepEqual(emails(await users(chief, { role: 'admin' })), ['chief@example.org'])
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

test('wrong parameters and roles are named', async () => {
  assert.deepEqual(wrongFields(await admin.gets('/users?page=0&pageSize=101&sortBy=age&who=ana')), [
    'page',
    'pageSize',
    'sortBy',
    'who',
  ])
  assert.deepEqual(wrongFields(await admin.patches(`/users/${ana.id}`, { role: 'owner' })), ['role'])
  assert.deepEqual(wrongFields(await admin.patches('/users/ana', { role: 'user' })), ['id'])
})

test('a role is given and taken, and counts at once', async (t) => {
  const { person } = await system(t)
  const [chief, zoe] = [await person('chief'), await person('zoe')]
  assert.equal((await chief.patches(`/users/${zoe.id}`, { role: 'admin' })).json().role, 'admin')
  await users(zoe)
  assert.equal((await zoe.patches(`/users/${chief.id}`, { role: 'user' })).statusCode, 200)
  problemOf(await chief.gets('/users'), 403)
})

test('the last administrator cannot be demoted', async (t) => {
  const { person } = await system(t)
  const chief = await person('chief')
  problemOf(await chief.patches(`/users/${chief.id}`, { role: 'user' }), 409)
  assert.equal((await chief.patches(`/users/${chief.id}`, { role: 'admin' })).statusCode, 200)
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

test('one person’s submissions are removed, nobody else’s, and the account stays', async () => {
  const zoe = await shared.person('zoe')
  await zoe.solves('000')
  await zoe.solves('00')
  const kept = await ana.solves('0')
  assert.deepEqual((await admin.deletes(`/users/${zoe.id}/submissions`)).json(), { removed: 2 })
  assert.deepEqual((await admin.deletes(`/users/${zoe.id}/submissions`)).json(), { removed: 0 })
  assert.equal((await zoe.lists()).total, 0)
  assert.ok((await ana.lists()).items.some(({ id }) => id === kept.id))
})

test('an account that does not exist is a 404', async () => {
  problemOf(await admin.patches(`/users/${randomUUID()}`, { role: 'admin' }), 404)
  problemOf(await admin.deletes(`/users/${randomUUID()}/submissions`), 404)
})
