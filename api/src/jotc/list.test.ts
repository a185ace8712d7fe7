import assert from 'node:assert/strict'
import { randomUUIDv7 } from 'node:crypto'
import { after, type TestContext, test } from 'node:test'
import { SORT_KEYS, type SubmissionPage } from '@jotc/core/api/jotc'
import { type Board, parseBoard } from '@jotc/core/board'
import { solve } from '@jotc/core/solver'
import { type Person, problemOf, search, system, wrongFields } from '../testing.ts'

const boards = ['0', '000', '0010010', '0110', '01100', '00000', '010']
const shared = await system({ after })
const admin = await shared.person('admin')
const ana = await shared.person('ana')
const ben = await shared.person('ben')
const ids = (page: SubmissionPage) => page.items.map((item) => item.id)

/** Records a board as of an instant, as if it had been sent then. */
async function record({ sql }: Awaited<ReturnType<typeof system>>, who: Person, createdAt: string, clouds = '000') {
  const board: Board = parseBoard(clouds)
  const id = randomUUIDv7()
  await sql('insert into submissions (user_id, id, clouds, size, total, created_at) values ($1, $2, $3, $4, $5, $6)', [
    who.id,
    id,
    board,
    board.length,
    solve(board).total,
    createdAt,
  ])
  return id
}

/** Two people's submissions, all of one instant, so that every sort has ties; and the administrator who sees them. */
async function manyTies(test: TestContext) {
  const fresh = await system(test)
  const chief = await fresh.person('chief')
  const senders = [await fresh.person('zoe'), await fresh.person('yan')]
  for (const clouds of boards) {
    for (const sender of senders) await record(fresh, sender, '2026-03-01T12:00:00Z', clouds)
  }
  return chief
}

test('a person sees their own submissions, an administrator everybody’s', async () => {
  const own = await ana.solves('0010010')
  const other = await ben.solves('000')
  assert.deepEqual(ids(await ana.lists()), [own.id])
  assert.deepEqual(ids(await ben.lists()), [other.id])
  assert.deepEqual(new Set(ids(await admin.lists())), new Set([own.id, other.id]))
})

test('a listed submission tells its answer and whose it is; the newest stands first', async (t) => {
  const { person } = await system(t)
  const zoe = await person('zoe')
  const solved = await zoe.solves('0010010')
  const blocked = await zoe.solves('00110')
  const { items, ...page } = await zoe.lists()
  const { moves: _, ...answer } = blocked
  assert.deepEqual(items[0], { ...answer, email: 'zoe@example.org' })
  assert.equal(items[1]?.id, solved.id)
  assert.deepEqual(page, { total: 2, totalIsExact: true, nextCursor: null })
})

for (const sortBy of SORT_KEYS) {
  for (const sort of ['asc', 'desc']) {
    test(`C128: by ${sortBy} ${sort}, pages by number and by cursor show each submission once, in one order`, async (t) => {
      const chief = await manyTies(t)
      const all = ids(await chief.lists({ sortBy, sort, pageSize: 100 }))
      assert.equal(new Set(all).size, boards.length * 2)

      const byNumber: string[] = []
      for (const page of [1, 2, 3, 4, 5]) byNumber.push(...ids(await chief.lists({ sortBy, sort, pageSize: 3, page })))
      assert.deepEqual(byNumber, all)

      const byCursor: string[] = []
      let cursor: string | null = null
      do {
        const query: Record<string, string | number> = { sortBy, sort, pageSize: 3 }
        const page: SubmissionPage = await chief.lists(cursor === null ? query : { ...query, cursor })
        byCursor.push(...ids(page))
        cursor = page.nextCursor
      } while (cursor !== null)
      assert.deepEqual(byCursor, all)
    })
  }

  test(`C130: by ${sortBy}, descending is the exact reverse of ascending`, async (t) => {
    const chief = await manyTies(t)
    const ascending = ids(await chief.lists({ sortBy, sort: 'asc' }))
    assert.deepEqual(ids(await chief.lists({ sortBy, sort: 'desc' })), ascending.reverse())
  })
}

test('sorted by jumps, blocked boards stand after all others', async (t) => {
  const chief = await manyTies(t)
  const { items } = await chief.lists({ sortBy: 'total', sort: 'asc' })
  assert.deepEqual(
    items.map((item) => item.total),
    [0, 0, 1, 1, 1, 1, 2, 2, 4, 4, null, null, null, null],
  )
})

test('C131: % and _ and \\ in a search are just characters', async (t) => {
  const { person } = await system(t)
  const chief = await person('chief')
  for (const name of ['a_b', 'axb', 'a%b']) await (await person(name)).solves('000')
  const found = async (email: string) => (await chief.lists({ email })).items.map((item) => item.email)
  assert.deepEqual(await found('a_b'), ['a_b@example.org'])
  assert.deepEqual(await found('%'), ['a%b@example.org'])
  assert.deepEqual(await found('\\'), [])
})

test('C032 C143: a search finds any part of an address, in any case', async (t) => {
  const { person } = await system(t)
  const chief = await person('chief')
  await (await person("o'neil")).solves('000')
  for (const email of ["o'n", "O'NEIL@EX", 'example.org']) assert.equal((await chief.lists({ email })).total, 1, email)
})

test('C055: a NUL in a search is refused', async () => {
  assert.deepEqual(wrongFields(await admin.gets('/jotc?email=%00')), ['email'])
})

for (const query of [
  'sortBy=email;select 1',
  'sortBy=(select 1)',
  'sortBy=passwd',
  'sort=desc;--',
  'sort=DESC NULLS',
  'sortBy=',
]) {
  test(`C133: ${query} is refused`, async () => {
    const field = query.split('=')[0] as string
    assert.deepEqual(wrongFields(await admin.gets(`/jotc?${encodeURI(query)}`)), [field])
  })
}

for (const [row, field, values] of [
  ['C134', 'page', ['-1', '0', '1000001']],
  ['C134', 'pageSize', ['-5']],
  ['C136', 'pageSize', ['0', '1e9', '10abc', '1.5', 'Infinity', '', '101', '0x10', ' 5', '+5']],
  ['C136', 'page', ['1e1', '1.0', 'NaN', '٣']],
  ['C136', 'solvable', ['1', 'TRUE', 'yes', '']],
] as const) {
  test(`${row}: ${field} of ${values.join(' or ')} is refused`, async () => {
    for (const value of values) {
      assert.deepEqual(wrongFields(await admin.gets(`/jotc?${search({ [field]: value })}`)), [field], value)
    }
  })
}

test('C094: a repeated parameter and an unknown one are refused by name', async () => {
  assert.deepEqual(wrongFields(await admin.gets('/jotc?page=1&page=2')), ['page'])
  assert.deepEqual(wrongFields(await admin.gets('/jotc?sort=email&sort=x')), ['sort'])
  assert.deepEqual(wrongFields(await admin.gets('/jotc?colour=red&page=x')), ['colour', 'page'])
  assert.deepEqual(wrongFields(await admin.gets('/jotc?__proto__=1&constructor=1')), ['__proto__', 'constructor'])
})

test('C139: a total past ten thousand is not counted to its end, and says so', async (t) => {
  const { person, sql } = await system(t)
  const chief = await person('chief')
  await sql(
    `insert into submissions (user_id, id, clouds, size, total)
     select $1, uuidv7(), '000', 3, 1 from generate_series(1, 10001)`,
    [chief.id],
  )
  const { total, totalIsExact } = await chief.lists({ pageSize: 1 })
  assert.deepEqual([total, totalIsExact], [10_000, false])
  const first = await chief.lists({ pageSize: 1, email: 'nobody' })
  assert.deepEqual([first.total, first.totalIsExact], [0, true])
})

test('C140: a date as the end includes that day to its last moment', async (t) => {
  const fresh = await system(t)
  const zoe = await fresh.person('zoe')
  const rows = ['2026-03-31T18:45:00Z', '2026-03-31T23:59:59.999Z', '2026-04-01T00:00:00Z']
  const [early, late] = await Promise.all(rows.map((at) => record(fresh, zoe, at)))
  assert.deepEqual(ids(await zoe.lists({ dateEnd: '2026-03-31', sort: 'asc' })), [early, late])
})

test('an instant as the end is itself excluded, as the begin included', async (t) => {
  const fresh = await system(t)
  const zoe = await fresh.person('zoe')
  const id = await record(fresh, zoe, '2026-03-31T18:45:00Z')
  assert.deepEqual(ids(await zoe.lists({ dateEnd: '2026-03-31T18:45:00Z' })), [])
  assert.deepEqual(ids(await zoe.lists({ dateBegin: '2026-03-31T18:45:00Z' })), [id])
  assert.deepEqual(ids(await zoe.lists({ dateBegin: '2026-03-31T20:45:00+02:00' })), [id])
  assert.deepEqual(ids(await zoe.lists({ dateBegin: '2026-03-31T20:45', timeZone: 'Europe/Berlin' })), [id])
  assert.deepEqual(ids(await zoe.lists({ dateBegin: '2026-03-31T20:46', timeZone: 'Europe/Berlin' })), [])
})

for (const [day, instants, isIn] of [
  ['2026-10-25', ['2026-10-24T22:00:00Z', '2026-10-25T22:59:00Z', '2026-10-25T23:00:00Z'], [true, true, false]],
  ['2026-03-29', ['2026-03-28T23:00:00Z', '2026-03-29T22:00:00Z'], [true, false]],
] as const) {
  test(`C142: ${day} in Berlin is one day, though it has not 24 hours`, async (t) => {
    const fresh = await system(t)
    const zoe = await fresh.person('zoe')
    for (const instant of instants) await record(fresh, zoe, instant)
    const query = { dateBegin: day, dateEnd: day, timeZone: 'Europe/Berlin', sort: 'asc' }
    const expected = instants.filter((_, n) => isIn[n]).map((instant) => new Date(instant).toISOString())
    const { items } = await zoe.lists(query)
    assert.deepEqual(
      items.map((item) => item.createdAt),
      expected,
    )
    const stats = (await zoe.gets(`/jotc/stats?${search({ ...query, sort: '' }).replace('&sort=', '')}`)).json()
    assert.deepEqual(stats.days, [{ day, solvable: expected.length, blocked: 0 }])
  })
}

for (const text of [
  'yesterday',
  '2026-02-30',
  '2026-13-01',
  '2026-3-1',
  '20260301',
  '0000-01-01',
  '9999-12-31',
  '2026-03-01T25:00Z',
  '2026-03-01 10:00',
  '2026-03-01T10:00:00 02:00',
  '1772323200',
  '',
]) {
  test(`the date “${text}” is refused`, async () => {
    assert.deepEqual(wrongFields(await ana.gets(`/jotc?${search({ dateBegin: text, dateEnd: text })}`)), [
      'dateBegin',
      'dateEnd',
    ])
  })
}

for (const timeZone of ['Mars/Olympus', '+02:00', '', 'Europe/Berlin;']) {
  test(`the time zone “${timeZone}” is refused`, async () => {
    assert.deepEqual(wrongFields(await ana.gets(`/jotc?${search({ timeZone })}`)), ['timeZone'])
  })
}

test('every time zone that the service knows the database knows too', async () => {
  const known = await shared.sql('select lower(name) as name from pg_timezone_names')
  const names = new Set(known.map((row) => row.name))
  const strangers = Intl.supportedValuesOf('timeZone').filter((zone) => !names.has(zone.toLowerCase()))
  assert.deepEqual(strangers, [])
})

test('the filter “solvable” tells boards with a route from those without', async (t) => {
  const chief = await manyTies(t)
  assert.equal((await chief.lists({ solvable: true })).total, 10)
  assert.equal((await chief.lists({ solvable: false })).total, 4)
})

test('a cursor of another order, a spoilt one, and one beside a page number are refused', async (t) => {
  const chief = await manyTies(t)
  const { nextCursor } = await chief.lists({ pageSize: 3, sortBy: 'total' })
  assert.ok(nextCursor)
  const parts = JSON.parse(Buffer.from(nextCursor, 'base64url').toString())
  const spoilt = (...changed: unknown[]) => Buffer.from(JSON.stringify(changed)).toString('base64url')
  for (const query of [
    { sortBy: 'size', cursor: nextCursor },
    { sortBy: 'total', sort: 'asc', cursor: nextCursor },
    { sortBy: 'total', page: 2, cursor: nextCursor },
    { sortBy: 'total', cursor: `${nextCursor}A` },
    { sortBy: 'total', cursor: 'nonsense' },
    { sortBy: 'total', cursor: '' },
    { sortBy: 'total', cursor: spoilt(parts[0], parts[1], '1; select 1', parts[3]) },
    { sortBy: 'total', cursor: spoilt(parts[0], parts[1], parts[2], 'me') },
    { sortBy: 'createdAt', cursor: spoilt('createdAt', 'desc', '2026-02-31T99:00:00.000Z', parts[3]) },
  ]) {
    assert.deepEqual(wrongFields(await chief.gets(`/jotc?${search(query)}`)), ['cursor'], JSON.stringify(query))
  }
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

test('the sums of a filter', async (t) => {
  const chief = await manyTies(t)
  const stats = async (query: Record<string, string>) => (await chief.gets(`/jotc/stats?${search(query)}`)).json()
  assert.deepEqual(await stats({}), {
    submissions: 14,
    people: 2,
    solvable: 10,
    medianTotal: 1,
    longest: 7,
    days: [{ day: '2026-03-01', solvable: 10, blocked: 4 }],
    sizes: [
      { size: 1, solvable: 2, blocked: 0 },
      { size: 3, solvable: 4, blocked: 0 },
      { size: 4, solvable: 0, blocked: 2 },
      { size: 5, solvable: 2, blocked: 2 },
      { size: 7, solvable: 2, blocked: 0 },
    ],
    users: [
      { email: 'yan@example.org', submissions: 7 },
      { email: 'zoe@example.org', submissions: 7 },
    ],
  })
  assert.deepEqual(await stats({ email: 'nobody' }), {
    submissions: 0,
    people: 0,
    solvable: 0,
    medianTotal: null,
    longest: null,
    days: [],
    sizes: [],
    users: [],
  })
  assert.deepEqual(wrongFields(await chief.gets('/jotc/stats?page=1')), ['page'])
})
