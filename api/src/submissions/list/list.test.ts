import assert from 'node:assert/strict'
import { randomUUIDv7 } from 'node:crypto'
import { after, test } from 'node:test'
import { type ListQuery, SORT_KEYS, type SubmissionPage } from '@jotc/core/api/jotc'
import { inserts } from '@jotc/testing/service/boards'
import { problemOf, search, system, wrongFields } from '@jotc/testing/service/system'
import type { Account } from '../../auth/accounts.ts'
import type { Database } from '../../database/database.ts'
import { readFilter } from '../filter.ts'
import { listPage } from './list.ts'

const shared = await system({ after })
const admin = await shared.person('admin')
const ana = await shared.person('ana')
const ben = await shared.person('ben')
const ids = (page: SubmissionPage) => page.items.map((item) => item.id)

/** Two people's submissions, all of one instant, so that every sort has ties; and the administrator who sees them. */
const boards = ['0', '000', '0010010', '0110', '01100', '00000', '010']
const sent = boards.map((clouds) => ({ clouds, at: '2026-03-01T12:00:00Z' }))
const ties = await system({ after })
const chief = await ties.person('chief')
for (const name of ['zoe', 'yan']) await inserts(ties, await ties.person(name), sent)

test('a person sees their own submissions, an administrator everybody’s', async () => {
  const own = await ana.solves('0010010')
  const other = await ben.solves('000')
  assert.deepEqual(ids(await ana.lists()), [own.id])
  assert.deepEqual(ids(await ben.lists()), [other.id])
  assert.deepEqual(new Set(ids(await admin.lists())), new Set([own.id, other.id]))
  assert.deepEqual(ids(await ana.lists({ email: 'example' })), [own.id])
  assert.deepEqual(ids(await ana.lists({ email: 'ben' })), [])
})

for (const sortBy of SORT_KEYS) {
  test(`by ${sortBy}, pages by number and by cursor show each submission once, and descending is the exact reverse`, async () => {
    const ascending = ids(await chief.lists({ sortBy, sort: 'asc', pageSize: 100 }))
    assert.equal(new Set(ascending).size, boards.length * 2)
    // Everybody's, and those of some accounts: the same ones, found otherwise.
    for (const [sort, all, email] of [
      ['asc', ascending, {}],
      ['desc', ascending.toReversed(), {}],
      ['asc', ascending, { email: '@example' }],
      ['desc', ascending.toReversed(), { email: '@example' }],
    ] as const) {
      const query = { ...email, sortBy, sort, pageSize: 3 }
      const byNumber: string[] = []
      for (const page of [1, 2, 3, 4, 5]) byNumber.push(...ids(await chief.lists({ ...query, page })))
      assert.deepEqual(byNumber, all)

      const byCursor: string[] = []
      for (let cursor: string | null = ''; cursor !== null && byCursor.length <= all.length; ) {
        const page: SubmissionPage = await chief.lists({ ...query, ...(cursor && { cursor }) })
        byCursor.push(...ids(page))
        cursor = page.nextCursor
      }
      assert.deepEqual(byCursor, all)
    }
  })
}

test('sorted by jumps, blocked boards stand after all others', async () => {
  const { items } = await chief.lists({ sortBy: 'total', sort: 'asc' })
  const totals = items.map(({ total }) => total)
  assert.deepEqual(totals, [0, 0, 1, 1, 1, 1, 2, 2, 4, 4, null, null, null, null])
})

test('a search finds any part of an address, in any case and form; % and _ and \\ are just characters', async () => {
  for (const name of ['a_b', 'axb', 'a%b', "o'neil"]) await (await shared.person(name)).solves('000')
  const found = async (email: string) => (await admin.lists({ email })).items.map((item) => item.email)
  for (const part of ["o'n", "O'NEIL@EX", 'o’neil＠ｅx', 'neil@example.org'])
    assert.deepEqual(await found(part), ["o'neil@example.org"], part)
  assert.deepEqual(await found('a_b'), ['a_b@example.org'])
  assert.deepEqual(await found('%'), ['a%b@example.org'])
  assert.deepEqual(await found('\\'), [])
})

for (const [fields, values] of [
  [['sortBy'], ['email;select 1', '(select 1)', 'passwd', '']],
  [['sort'], ['desc;--', 'DESC NULLS']],
  [['email'], ['\0']],
  [['page'], ['-1', '0', '1000001', '1e1', '1.0', 'NaN', '٣']],
  [['pageSize'], ['-5', '0', '1e9', '10abc', '1.5', 'Infinity', '', '101', '0x10', ' 5', '+5']],
  [['solvable'], ['1', 'TRUE', 'yes', '']],
  [['timeZone'], ['Mars/Olympus', '+02:00', '', 'Europe/Berlin;']],
  [
    ['dateBegin', 'dateEnd'],
    ['yesterday', '2026-02-30', '20260301', '0000-01-01', '9999-12-31', ''],
  ],
  [
    ['dateBegin', 'dateEnd'],
    ['2026-03-01T25:00Z', '2026-03-01 10:00', '2026-03-01T10:00:00 02:00'],
  ],
] as const) {
  test(`${fields.join(' and ')} of ${values.map(encodeURIComponent).join(' or ')} is refused`, async () => {
    for (const value of values) {
      const query = Object.fromEntries(fields.map((field) => [field, value]))
      assert.deepEqual(wrongFields(await admin.gets(`/jotc?${search(query)}`)), fields, value)
    }
  })
}

test('every wrong parameter is named, also those that any object has', async () => {
  assert.deepEqual(wrongFields(await admin.gets('/jotc?colour=red&page=x')), ['colour', 'page'])
  assert.deepEqual(wrongFields(await admin.gets('/jotc?__proto__=1&constructor=1')), ['__proto__', 'constructor'])
  assert.deepEqual(wrongFields(await admin.gets('/jotc/stats?page=1')), ['page'])
})

test('a total past ten thousand is not counted to its end, and says so', async (t) => {
  const fresh = await system(t)
  const chief = await fresh.person('chief')
  await inserts(fresh, chief, Array(10_001).fill({ clouds: '000' }))
  const { total, totalIsExact, items } = await chief.lists({ pageSize: 1 })
  assert.deepEqual([total, totalIsExact], [10_000, false])
  await chief.deletes(`/jotc/${items[0]?.id}`)
  for (const page of [1, 10_000]) {
    const { nextCursor: _, items, ...count } = await chief.lists({ pageSize: 1, page })
    assert.deepEqual([count, items.length], [{ total: 10_000, totalIsExact: true }, 1])
  }
  assert.deepEqual(wrongFields(await chief.gets('/jotc?pageSize=1&page=10001')), ['page'])
  const first = await chief.lists({ pageSize: 1, email: 'nobody' })
  assert.deepEqual([first.total, first.totalIsExact], [0, true])
})

test('a page behind the last one is empty, and says how many there are', async () => {
  assert.deepEqual(await chief.lists({ page: 9 }), { items: [], total: 14, totalIsExact: true, nextCursor: null })
})

test('the total agrees with the page, whatever is recorded or removed while they are read', async (t) => {
  const { api, person, sql } = await system(t)
  const chief = await person('chief')
  const account: Account = { ...(await chief.gets('/me')).json(), id: chief.id }
  const send = () => chief.solves('000')
  const remove = () => sql('delete from submissions where id in (select id from submissions order by id limit 1)')
  for (let count = 0; count < 9; count++) await send()
  for (const change of [send, remove] as (() => Promise<unknown>)[]) {
    for (const query of [{}, { pageSize: 8 }, { pageSize: 4, page: 2 }, { email: 'chief', sortBy: 'email' }] as const) {
      let before: Promise<unknown> = Promise.resolve()
      // One statement at a time, and a change after each.
      const changing: Database = {
        ...api.database,
        query: async (statement) => {
          const rows = before.then(() => api.database.query<never>(statement))
          before = rows.then(change)
          return await rows
        },
      }
      const { items, total, nextCursor } = await listPage(changing, readFilter(query, account), query)
      await before
      const { page = 1, pageSize = 20 }: ListQuery = query
      const seen = (page - 1) * pageSize + items.length
      const isRight = nextCursor === null ? total === seen : total > seen
      assert(isRight, `${JSON.stringify(query)}: ${total} in all, ${seen} seen, ${nextCursor ? 'more' : 'no more'}`)
    }
  }
})

test('a cursor of another order, a spoilt one, and one beside a page number are refused', async () => {
  const { nextCursor } = await chief.lists({ pageSize: 3, sortBy: 'total' })
  assert.ok(nextCursor)
  const parts: unknown[] = JSON.parse(Buffer.from(nextCursor, 'base64url').toString())
  for (const query of [
    { sortBy: 'size', cursor: nextCursor },
    { sortBy: 'total', sort: 'asc', cursor: nextCursor },
    { sortBy: 'total', page: 2, cursor: nextCursor },
    { sortBy: 'total', cursor: `${nextCursor}A` },
    { sortBy: 'total', cursor: 'nonsense' },
    { sortBy: 'total', cursor: '' },
    { sortBy: 'total', cursor: Buffer.from(JSON.stringify(parts.slice(0, 4))).toString('base64url') },
  ]) {
    assert.deepEqual(wrongFields(await chief.gets(`/jotc?${search(query)}`)), ['cursor'], JSON.stringify(query))
  }
})

/** What a position can hold that no row has, nor the database could read. */
const IMPOSSIBLE = {
  createdAt: [
    '0000-01-01T00:00:00.000Z',
    '-000001-01-01T00:00:00.000Z',
    '+010000-01-01T00:00:00.000Z',
    '2026-02-30T00:00:00.000Z',
    '2026-06-30T23:59:60.000Z',
    '9999-12-31T24:00:00.000Z',
  ],
  email: ['a\u0000@example.org', '', 7],
  size: [0, -1, 1.5, 10_001, 2 ** 31, 1e300, '3', null],
  total: [-1, 1.5, 10_001, 2 ** 31, '3'],
}

for (const sortBy of SORT_KEYS) {
  test(`a cursor by ${sortBy} with a value, time or id that cannot exist is refused`, async () => {
    const possible = { createdAt: '2026-03-01T12:00:00.000Z', email: 'ana@example.org', size: 3, total: 1 }[sortBy]
    const id = randomUUIDv7()
    for (const sort of ['asc', 'desc']) {
      for (const [value, time, row] of [
        ...IMPOSSIBLE[sortBy].map((value) => [value, '2026-03-01T12:00:00.000Z', id]),
        ...IMPOSSIBLE.createdAt.map((time) => [possible, time, id]),
        ...['', 'me', `urn:uuid:${id}`, `{${id}}`].map((row) => [possible, '2026-03-01T12:00:00.000Z', row]),
      ]) {
        const parts = JSON.stringify([sortBy, sort, value, time, row])
        const cursor = Buffer.from(parts).toString('base64url')
        assert.deepEqual(wrongFields(await admin.gets(`/jotc?${search({ sortBy, sort, cursor })}`)), ['cursor'], parts)
      }
    }
  })
}

test('a list by email goes on after an address that the service itself would not accept', async (t) => {
  const { person, sql } = await system(t)
  const chief = await person('chief')
  for (const name of ['zoe', 'yan']) await (await person(name)).solves('000')
  await sql("update users set email = 'jörg o@example.org' where email like 'yan%'")
  const query = { sortBy: 'email', sort: 'asc', pageSize: 1 }
  const { nextCursor } = await chief.lists(query)
  const { items } = await chief.lists({ ...query, cursor: nextCursor ?? '' })
  assert.equal(items[0]?.email, 'zoe@example.org')
})

test('a submission is read by its owner and an administrator, and by nobody else; its routes are counted exactly', async () => {
  // More routes than 2^53.
  const clouds = '0000001'.repeat(50).concat('0')
  const { id, moves } = await ana.solves(clouds)
  const expected = { clouds, email: 'ana@example.org', optimalRoutes: (3n ** 50n).toString(), moves }
  for (const reader of [ana, admin]) assert.partialDeepStrictEqual((await reader.gets(`/jotc/${id}`)).json(), expected)
  problemOf(await ben.gets(`/jotc/${id}`), 404)
  problemOf(await ana.gets(`/jotc/${randomUUIDv7()}`), 404)
  assert.deepEqual(wrongFields(await ana.gets('/jotc/12')), ['id'])
})
