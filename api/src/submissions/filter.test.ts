import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import {
  SORT_KEYS,
  type SortKey,
  type Submission,
  type SubmissionPage,
  type SubmissionStats,
} from '@jotc/core/api/jotc'
import { parseBoard } from '@jotc/core/board'
import { solve } from '@jotc/core/solver'
import { inserts, jsonLines } from '@jotc/testing/service/boards'
import { search, system, wrongFields } from '@jotc/testing/service/system'
import fc from 'fast-check'
import { type Range, sizesOf, totalsOf } from './filter.ts'

const shared = await system({ after })
const ana = await shared.person('ana')
const ids = (page: SubmissionPage) => page.items.map((item) => item.id)

test('an instant as the end is itself excluded, as the begin included', async () => {
  const zoe = await shared.person('zoe')
  const [id] = await inserts(shared, zoe, [{ clouds: '000', at: '2026-03-31T18:45:00Z' }])
  for (const [query, found] of [
    [{ dateEnd: '2026-03-31T18:45:00Z' }, []],
    [{ dateBegin: '2026-03-31T18:45:00Z' }, [id]],
    [{ dateBegin: '2026-03-31T20:45:00+02:00' }, [id]],
    [{ dateBegin: '2026-03-31T20:45', timeZone: 'Europe/Berlin' }, [id]],
    [{ dateBegin: '2026-03-31T20:46', timeZone: 'Europe/Berlin' }, []],
  ] as const) {
    assert.deepEqual(ids(await zoe.lists(query)), found, JSON.stringify(query))
  }
})

/** The zones of the standard, their links of old, and what looks like one. */
const zones = fc.oneof(
  fc.constantFrom(...Intl.supportedValuesOf('timeZone')),
  fc.constantFrom('US/Pacific-New', 'IST', 'CET', 'GMT0', 'Etc/GMT+12', 'Factory', 'utc'),
  fc.stringMatching(/^[A-Za-z][\w/+-]{0,12}$/),
)
const two = (most: number) => fc.integer({ min: 0, max: most }).map((number) => String(number).padStart(2, '0'))
const years = fc.constantFrom('0000', '0001', '1582', '1899', '1900', '1970', '2026', '2999', '3000', '9999')
const edgeDate = fc.tuple(years, two(13), two(32)).map((parts) => parts.join('-'))
const edgeTime = fc
  .tuple(
    edgeDate,
    two(25),
    two(60),
    fc.constantFrom('', ':60', ':59.999999', ':00.0000001'),
    fc.constantFrom('', 'Z', '+24:00', '-23:59'),
  )
  .map(([date, hour, minute, second, offset]) => `${date}T${hour}:${minute}${second}${offset}`)
const moments = fc.oneof(edgeDate, edgeTime, fc.constantFrom('infinity', '-infinity', 'now', 'epoch'))

test('whatever zone and dates are asked for, list, statistics and export answer alike, or say what is wrong', async () => {
  await ana.solves('000')
  await fc.assert(
    fc.asyncProperty(zones, moments, moments, async (timeZone, dateBegin, dateEnd) => {
      const query = search({ timeZone, dateBegin, dateEnd })
      const answers = await Promise.all(
        ['/jotc', '/jotc/stats', '/jotc/export'].map((path) => ana.gets(`${path}?${query}`)),
      )
      const statuses = answers.map(({ statusCode }) => statusCode)
      assert([200, 400].includes(statuses[0] as number), `${query}: ${answers[0]?.body}`)
      assert.equal(new Set(statuses).size, 1, `${query}: ${statuses}`)
    }),
    { numRuns: 300 },
  )
})

for (const [what, query, fields] of [
  ['clouds that end before they begin', { minSize: '9', maxSize: '8' }, ['maxSize']],
  ['jumps that end before they begin', { minTotal: '3', maxTotal: '2' }, ['maxTotal']],
  ['jumps of blocked boards', { solvable: 'false', minTotal: '1' }, ['solvable']],
  ['more clouds than a board has', { minSize: '0', maxSize: '10001' }, ['minSize', 'maxSize']],
  ['jumps that are no numbers', { minTotal: '-1', maxTotal: '1e3' }, ['minTotal', 'maxTotal']],
] as const) {
  test(`${what} are refused by name`, async () => {
    for (const path of ['/jotc', '/jotc/stats', '/jotc/export'])
      assert.deepEqual(wrongFields(await ana.gets(`${path}?${search(query)}`)), fields, path)
  })
}

test('a board has as many jumps as its size lets it have, and as many clouds as its jumps', () => {
  const board = fc
    .array(fc.constantFrom('0', '00', '01', '001'), { maxLength: 40, size: 'max' })
    .map((parts) => `0${parts.join('')}0`)
  fc.assert(
    fc.property(board, (clouds) => {
      const { total } = solve(parseBoard(clouds))
      if (total === null) return
      const [size, jumps] = [clouds.length, total].map((value) => ({ min: value, max: value }))
      const [sizes, totals] = [sizesOf(jumps as Range), totalsOf(size as Range)]
      assert(
        sizes.min <= clouds.length && clouds.length <= sizes.max && totals.min <= total && total <= totals.max,
        clouds,
      )
    }),
    { numRuns: 1_000 },
  )
  assert.deepEqual(
    [totalsOf({ min: 7, max: 7 }), sizesOf({ min: 4, max: 4 })],
    [
      { min: 3, max: 4 },
      { min: 7, max: 9 },
    ],
  )
})

const BOARDS = '0 00 000 010 0000 0110 00000 00100 01010 01100 0010010 000000000 0110000'.split(' ')
const range = (name: 'Size' | 'Total', most: number) =>
  fc.tuple(fc.option(fc.nat(most)), fc.option(fc.nat(most))).map(([min, max]) => ({
    ...(min !== null && { [`min${name}`]: name === 'Size' ? min + 1 : min }),
    ...(max !== null && { [`max${name}`]: Math.max(max, min ?? 0) + 1 }),
  }))
const ranges = fc.record({
  size: fc.oneof(fc.constant({}), range('Size', 9)),
  total: fc.oneof(fc.constant({}), range('Total', 5)),
  solvable: fc.constantFrom({}, {}, { solvable: true }, { solvable: false }),
  dates: fc.constantFrom({}, {}, { dateBegin: '2026-03-02' }, { dateBegin: '2026-03-02', dateEnd: '2026-03-03' }),
  email: fc.constantFrom({}, {}, { email: 'yan' }, { email: 'example' }, { email: 'nobody' }),
  order: fc.record({
    sortBy: fc.constantFrom(...SORT_KEYS),
    sort: fc.constantFrom('asc', 'desc') as fc.Arbitrary<'asc' | 'desc'>,
  }),
})

test('whatever clouds and jumps are asked for, list, cursors, totals, statistics and export have the same boards', async (t) => {
  const fresh = await system(t)
  const chief = await fresh.person('chief')
  const people = [await fresh.person('zoe'), await fresh.person('yan')]
  const sent = BOARDS.map((clouds, n) => ({ clouds, at: `2026-03-0${1 + (n % 5)}T12:00:00Z` }))
  for (const person of people) await inserts(fresh, person, sent)
  const all = (await chief.lists({ pageSize: 100, sort: 'asc' })).items

  const agree = fc.asyncProperty(ranges, async ({ size, total, solvable, dates, email, order }) => {
    const isBlockedWithJumps = solvable.solvable === false && Object.keys(total).length > 0
    const filter = { ...size, ...total, ...(isBlockedWithJumps ? {} : solvable), ...dates, ...email }
    const expected = all.filter((submission) => isIn(filter, submission))
    const pages: SubmissionPage[] = []
    for (let cursor: string | null = ''; cursor !== null; cursor = pages.at(-1)?.nextCursor ?? null)
      pages.push(await chief.lists({ ...filter, ...order, pageSize: 5, ...(cursor && { cursor }) }))
    assert.deepEqual(pages.flatMap(ids), inOrder(expected, order))
    for (const page of pages) assert.equal(page.total, expected.length)
    const second = await chief.lists({ ...filter, ...order, pageSize: 5, page: 2 })
    assert.deepEqual(ids(second), inOrder(expected, order).slice(5, 10))

    const { submissions, people, sizes }: SubmissionStats = (await chief.gets(`/jotc/stats?${search(filter)}`)).json()
    assert.deepEqual([submissions, people], [expected.length, new Set(expected.map(({ email }) => email)).size])
    const counted = sizes.map(({ size }) => size)
    assert.deepEqual(
      counted,
      [...new Set(expected.map(({ size }) => size))].sort((a, b) => a - b),
    )
    const file = await chief.gets(`/jotc/export?${search({ ...filter, format: 'ndjson' })}`)
    const exported = jsonLines<Submission>(file.body).map(({ id }) => id)
    assert.deepEqual(exported, inOrder(expected, { sortBy: 'createdAt', sort: 'desc' }))
  })
  await fc.assert(agree, { numRuns: 60 })
})

type Asked = Partial<Record<'minSize' | 'maxSize' | 'minTotal' | 'maxTotal', number>> & {
  solvable?: boolean
  dateBegin?: string
  dateEnd?: string
  email?: string
}

/** The filters as one would write them down. */
function isIn(asked: Asked, { size, total, createdAt, email, solvable }: Submission): boolean {
  const { minSize = 1, maxSize = 10_000, minTotal, maxTotal, dateBegin = '', dateEnd = '9' } = asked
  const isOfJumps = minTotal === undefined && maxTotal === undefined
  return (
    size >= minSize &&
    size <= maxSize &&
    (isOfJumps || (total !== null && total >= (minTotal ?? 0) && total <= (maxTotal ?? 9_999))) &&
    (asked.solvable ?? solvable) === solvable &&
    createdAt.slice(0, 10) >= dateBegin &&
    createdAt.slice(0, 10) <= dateEnd &&
    email.includes(asked.email ?? '')
  )
}

function inOrder(submissions: Submission[], { sortBy, sort }: { sortBy: SortKey; sort: 'asc' | 'desc' }): string[] {
  const key = (submission: Submission) => [submission[sortBy] ?? 10_000, submission.createdAt, submission.id] as const
  const sorted = submissions.toSorted((a, b) => {
    const [one, other] = [key(a), key(b)]
    const place = one.findIndex((value, index) => value !== other[index])
    return place === -1 ? 0 : (one[place] as string) < (other[place] as string) ? -1 : 1
  })
  return (sort === 'asc' ? sorted : sorted.reverse()).map(({ id }) => id)
}
