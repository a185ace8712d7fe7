import assert from 'node:assert/strict'
import { randomUUIDv7 } from 'node:crypto'
import { after, test } from 'node:test'
import { type ListQuery, SORT_KEYS, type SubmissionPage } from '@jotc/core/api/jotc'
import { parseBoard } from '@jotc/core/board'
import { solve } from '@jotc/core/solver'
import { problemOf, search, system, wrongFields } from '@jotc/testing/service/system'
import type { Account } from '../../auth/accounts.ts'
import type { Database } from '../../database/database.ts'
import { readFilter } from '../filter.ts'
import { listPage } from './list.ts'

const boards = ['0', '000', '0010010', '0110', '01100', '00000', '010']
const shared = await system({ after })
const admin = await shared.person('admin')
const ana = await shared.person('ana')
const ben = await shared.person('ben')
const ids = (page: SubmissionPage) => page.items.map((item) => item.id)

/** Two people's submissions, all of one instant, so that every sort has ties; and the administrator who sees them. */
const ties = await system({ after })
const chief = await ties.person('chief')
for (const { id } of [await ties.person('zoe'), await ties.person('yan')]) {
  for (const clouds of boards) {
    await ties.sql(
      `insert into submissions (user_id, id, clouds, size, total, created_at)
       values ($1, uuidv7(), $2, length($2), $3, '2026-03-01T12:00:00Z')`,
      [id, clouds, solve(parseBoard(clouds)).total],
    )
  }
}

test('a person sees their own submissions, an administrator everybody’s', async () => {
  const own = await ana.solves('0010010')
  const other = await ben.solves('000')
  assert.deepEqual(ids(await ana.lists()), [own.id])
  assert.deepEqual(ids(await ben.lists()), [other.id])
  assert.deepEqual(new Set(ids(await admin.lists())), new Set([own.id, other.id]))
  assert.deepEqual(ids(await ana.lists({ email: 'example' })), [own.id])
  assert.deepEqual(ids(await ana.lists({ email: 'ben' })), [])
})

test('a listed submission tells its answer and whose it is; the newest stands first', async () => {
  const zoe = await shared.person('zoe')
  const solved = await zoe.solves('0010010')
  const blocked = await zoe.solves('00110')
  const { items, ...page } = await zoe.lists()
  const { moves: _, ...answer } = blocked
  assert.deepEqual(items[0], { ...answer, email: 'zoe@example.org' })
  assert.equal(items[1]?.id, solved.id)
  assert.deepEqual(page, { total: 2, totalIsExact: true, nextCursor: null })
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
  assert.deepEqual(
    items.map((item) => item.total),
    [0, 0, 1, 1, 1, 1, 2, 2, 4, 4, null, null, null, null],
  )
})

test('% and _ and \\ in a search are just characters', async () => {
  for (const name of ['a_b', 'axb', 'a%b']) await (await shared.person(name)).solves('000')
  const found = async (email: string) => (await admin.lists({ email })).items.map((item) => item.email)
  assert.deepEqual(await found('a_b'), ['a_b@example.org'])
  assert.deepEqual(await found('%'), ['a%b@example.org'])
  assert.deepEqual(await found('\\'), [])
})

test('a search finds any part of an address, in any case and form', async () => {
  await (await shared.person("o'neil")).solves('000')
  for (const email of ["o'n", "O'NEIL@EX", 'o’neil＠ｅx', 'neil@example.org'])
    assert.equal((await admin.lists({ email })).total, 1, email)
})

for (const [field, values] of [
  ['sortBy', ['email;select 1', '(select 1)', 'passwd', '']],
  ['sort', ['desc;--', 'DESC NULLS']],
  ['email', ['\0']],
  ['page', ['-1', '0', '1000001', '1e1', '1.0', 'NaN', '٣']],
  ['pageSize', ['-5', '0', '1e9', '10abc', '1.5', 'Infinity', '', '101', '0x10', ' 5', '+5']],
  ['solvable', ['1', 'TRUE', 'yes', '']],
] as const) {
  test(`${field} of ${values.map(encodeURIComponent).join(' or ')} is refused`, async () => {
    for (const value of values) {
      assert.deepEqual(wrongFields(await admin.gets(`/jotc?${search({ [field]: value })}`)), [field], value)
    }
  })
}

test('every wrong parameter is named, also those that any object has', async () => {
  assert.deepEqual(wrongFields(await admin.gets('/jotc?colour=red&page=x')), ['colour', 'page'])
  assert.deepEqual(wrongFields(await admin.gets('/jotc?__proto__=1&constructor=1')), ['__proto__', 'constructor'])
})

test('a total past ten thousand is not counted to its end, and says so', async (t) => {
  const { person, sql } = await system(t)
  const chief = await person('chief')
  await sql(
    `insert into submissions (user_id, id, clouds, size, total)
     select $1, uuidv7(), '000', 3, 1 from generate_series(1, 10001)`,
    [chief.id],
  )
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
  const { nextCursor } = await chief.lists({ sortBy: 'email', sort: 'asc', pageSize: 1 })
  assert.ok(nextCursor)
  const { items } = await chief.lists({ sortBy: 'email', sort: 'asc', pageSize: 1, cursor: nextCursor })
  assert.deepEqual(
    items.map((item) => item.email),
    ['zoe@example.org'],
  )
})

test('a submission is read by its owner and an administrator, and by nobody else', async () => {
  const { id, moves } = await ana.solves('0000')
  for (const reader of [ana, admin]) {
    const answer = (await reader.gets(`/jotc/${id}`)).json()
    assert.deepEqual([answer.clouds, answer.email, answer.optimalRoutes], ['0000', 'ana@example.org', '2'])
    assert.deepEqual(answer.moves, moves)
  }
  problemOf(await ben.gets(`/jotc/${id}`), 404)
  problemOf(await ana.gets(`/jotc/${randomUUIDv7()}`), 404)
  assert.deepEqual(wrongFields(await ana.gets('/jotc/12')), ['id'])
})

test('the number of optimal routes is exact where it exceeds 2^53', async () => {
  const { id } = await ana.solves('0000001'.repeat(50).concat('0'))
  assert.equal((await ana.gets(`/jotc/${id}`)).json().optimalRoutes, (3n ** 50n).toString())
})
