import assert from 'node:assert/strict'
import { randomUUIDv7 } from 'node:crypto'
import { type TestContext, test } from 'node:test'
import type { SubmissionStats } from '@jotc/core/api/jotc'
import { assertStatus, type Person, search, system, wrongFields } from '@jotc/testing/service/system'
import pg from 'pg'
import type { Account } from '../../auth/accounts.ts'
import type { Query } from '../../database/database.ts'
import { readFilter } from '../filter.ts'
import { statsOf } from './stats.ts'

type Sent = { by: string; clouds: string; total: number | null; at: number }

const BOARDS = [
  { clouds: '0', total: 0 },
  { clouds: '000', total: 1 },
  { clouds: '0010010', total: 4 },
  { clouds: '0110', total: null },
  { clouds: '0000100', total: 3 },
] as const
const A_DAY = 86_400_000
const FILTERS: Record<string, string>[] = [
  {},
  { solvable: 'true' },
  { solvable: 'false' },
  { timeZone: 'Asia/Kathmandu' },
  { email: 'ana' },
  { email: 'example', solvable: 'true' },
  { email: 'nobody' },
  { dateBegin: daysAgo(70), dateEnd: daysAgo(3) },
  { dateBegin: daysAgo(100), timeZone: 'America/St_Johns' },
  { dateEnd: daysAgo(40), solvable: 'false' },
  { dateBegin: `${daysAgo(50)}T10:31:00Z`, dateEnd: `${daysAgo(20)}T00:10:00Z` },
  { dateBegin: daysAgo(33), dateEnd: daysAgo(33) },
  { dateBegin: daysAgo(0) },
]

test('sums are exact for any filter: before they are made, once they are, and after anything has changed', async (t) => {
  const { chief, people, send, sent, sumUp, sql } = await threeMonths(t)
  const agrees = async (when: string) => {
    for (const query of FILTERS)
      assert.deepEqual(await statsFor(chief, query), expected(sent, query), `${when}: ${JSON.stringify(query)}`)
  }
  await agrees('row by row')
  await sumUp(33)
  await agrees('partly from sums')
  await sumUp(0)
  await agrees('from sums')

  await send('ana', 200, 60)
  await people.ben.deletes('/me')
  sent.splice(0, sent.length, ...sent.filter(({ by }) => by !== 'ben'))
  await agrees('from sums that have changed')
  assert.deepEqual(await sql('select from submission_accounts where user_id = $1', [people.ben.id]), [])
})

test('days are summed up in pieces: a statement takes so many rows at most, and sums are exact after each', async (t) => {
  const { chief, sent, sql } = await threeMonths(t)
  for (let before = 0; ; ) {
    await sql("select roll_up_submissions('infinity', 40, '0 seconds')")
    const [row] = await sql('select sum(solvable + blocked)::integer as summed from submission_accounts')
    const taken = row?.summed - before
    assert(taken <= 40, `${taken} rows in one piece`)
    for (const query of FILTERS)
      assert.deepEqual(await statsFor(chief, query), expected(sent, query), `${row?.summed}: ${JSON.stringify(query)}`)
    if (taken === 0) break
    before = row?.summed
  }
})

test('an answer is of one moment, whatever is committed while it is made', async (t) => {
  const { api, chief, people, send, sent, sumUp, sql } = await threeMonths(t)
  const account: Account = { ...(await chief.gets('/me')).json(), id: chief.id }
  /** Makes statistics, and a change after so many of the statements. */
  const changing = async (query: Record<string, string>, after: number, change: () => Promise<unknown>) => {
    let statements = 0
    const between =
      (run: Query): Query =>
      async (statement) => {
        const rows = await run<never>(statement)
        if (++statements === after) await change()
        return rows
      }
    const { query: run, transaction } = api.database
    const stats = await statsOf(
      { ...api.database, query: between(run), transaction: (work) => transaction((query) => work(between(query))) },
      readFilter(query, account),
    )
    return { stats, isChanged: statements >= after }
  }

  for (const query of [{}, { email: 'example' }, { dateBegin: daysAgo(70) }]) {
    for (let after = 1, isChanged = true; isChanged; after++) {
      await sql(`update submission_sums set summed_until = '${daysAgo(120)}'`)
      await sql('select empty_submission_sums()')
      const summed = await changing(query, after, () => sumUp(0))
      assert.deepEqual(summed.stats, expected(sent, query), `summed up after ${after}`)

      const others = sent.filter(({ by }) => by !== 'ben')
      const [whole, rest] = [expected(sent, query), expected(others, query)]
      const erased = await changing(query, after, () =>
        sql('delete from submissions where user_id = $1', [people.ben.id]),
      )
      const moment = erased.stats.submissions === whole.submissions ? whole : rest
      assert.deepEqual(erased.stats, moment, `erased after ${after}`)
      isChanged = erased.isChanged
      if (!isChanged) continue
      sent.splice(0, sent.length, ...others)
      await send('ben', 200, 80)
    }
  }
})

test('a person’s sums are their own, and name nobody', async (t) => {
  const { people, sent, sumUp } = await threeMonths(t)
  await sumUp(0)
  const own = sent.filter(({ by }) => by === 'ana')
  assert.deepEqual(await statsFor(people.ana, {}), { ...expected(own, {}), users: [] })
})

test('the sums of a filter', async (t) => {
  const { sql, person } = await system(t)
  const chief = await person('chief')
  for (const name of ['zoe', 'yan']) {
    const { id } = await person(name)
    await sql(
      `insert into submissions (user_id, id, clouds, size, total, created_at)
       select $1, uuidv7(), clouds, length(clouds), total, '2026-03-01T12:00:00Z'
       from unnest($2::text[], $3::integer[]) as row (clouds, total)`,
      [id, ['0', '000', '0010010', '0110', '01100', '00000', '010'], [0, 1, 4, null, null, 2, 1]],
    )
  }
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

test('what SQL alone would spoil is refused, and sums stay exact', async (t) => {
  const { chief, people, sent, sumUp, sql } = await threeMonths(t)
  await sumUp(0)
  for (const change of [
    "update submissions set created_at = created_at - interval '40 days'",
    "update submissions set clouds = '0', size = 1, total = 0",
    // Moments before and after all years.
    "insert into submissions select user_id, uuidv7(), '0', 1, 0, '1800-01-01' from submissions",
    "insert into submissions select user_id, uuidv7(), '0', 1, 0, 'infinity' from submissions",
  ]) {
    await assert.rejects(sql(change), change)
    assert.deepEqual(await statsFor(chief, {}), expected(sent, {}), change)
  }
  await people.ben.deletes('/me')
  const left = sent.filter(({ by }) => by !== 'ben')
  assert.deepEqual(await statsFor(chief, {}), expected(left, {}))
})

test('sums are empty after the table was emptied by SQL alone, and right for what comes then', async (t) => {
  const { chief, send, sent, sumUp, sql } = await threeMonths(t)
  await sumUp(0)
  for (const command of ['truncate submissions', 'delete from submissions']) {
    await sql(command)
    sent.length = 0
    for (const query of FILTERS) assert.deepEqual(await statsFor(chief, query), expected(sent, query), command)
    await send('ana', 50, 60)
    for (const query of FILTERS) assert.deepEqual(await statsFor(chief, query), expected(sent, query), command)
  }
})

test('a row of the past, from a transaction older than the sums of its day, is counted or refused', async (t) => {
  const { chief, people, sent, sumUp, sql, databaseUrl } = await threeMonths(t)
  for (const isolation of ['read committed', 'repeatable read', 'serializable']) {
    await sql('select empty_submission_sums()')
    await sql(`update submission_sums set summed_until = '${daysAgo(120)}'`)
    const old = new pg.Client(databaseUrl)
    await old.connect()
    await old.query(`begin isolation level ${isolation}`)
    await old.query('select from submission_sums')
    await sumUp(0)
    const at = Date.now() - 50 * A_DAY
    const row = [people.ana.id, new Date(at)]
    await old
      .query("insert into submissions values ($1, uuidv7(), '000', 3, 1, $2)", row)
      .then(() => old.query('commit'))
      .then(
        () => sent.push({ by: 'ana', clouds: '000', total: 1, at }),
        () => old.query('rollback'),
      )
    await old.end()
    assert.deepEqual(await statsFor(chief, {}), expected(sent, {}), isolation)
  }
})

test('no day is summed up before it is over, whatever day it is said to be', async (t) => {
  const { chief, people, sent, sumUp } = await threeMonths(t)
  await sumUp(-1)
  const { clouds, total, createdAt } = await people.ana.solves('0010010')
  sent.push({ by: 'ana', clouds, total, at: Date.parse(createdAt) })
  for (const query of FILTERS) assert.deepEqual(await statsFor(chief, query), expected(sent, query))
})

test('a board is counted although the days were summed up by a clock that was ahead', async (t) => {
  const { sql, person } = await system(t)
  const ana = await person('ana')
  await sql(`update submission_sums set summed_until = '${daysAgo(-40)}'`)
  const { clouds, total, createdAt } = await ana.solves('0010010')
  const sent = [{ by: 'ana', clouds, total, at: Date.parse(createdAt) }]
  for (const query of FILTERS) assert.deepEqual(await statsFor(ana, query), expected(sent, query))
})

test('sums that were spoilt past the triggers are exact again once they are counted anew', async (t) => {
  const { chief, send, sent, sumUp, sql } = await threeMonths(t)
  await sumUp(0)
  for (const spoil of [
    'update submission_quarters set solvable = solvable + 1',
    'delete from submission_accounts',
    `insert into submission_sizes values ('${daysAgo(3)}', 9, 9, 9)`,
    'delete from submission_sums',
  ]) {
    await sql(spoil)
    await sql('select recount_submission_sums()')
    for (const query of FILTERS) assert.deepEqual(await statsFor(chief, query), expected(sent, query), spoil)
  }
  await send('ana', 30, 60)
  for (const query of FILTERS) assert.deepEqual(await statsFor(chief, query), expected(sent, query))
})

/** Submissions of a quarter of a year by three people, put into an empty database, and what they were. */
async function threeMonths(test: TestContext) {
  const { api, sql, person, databaseUrl } = await system(test)
  const chief = await person('chief')
  const people = { ana: await person('ana'), ben: await person('ben'), eve: await person('eve') }
  const sent: Sent[] = []
  const send = async (by: keyof typeof people, count: number, days: number) => {
    const rows = Array.from({ length: count }, (_, n) => ({
      ...(BOARDS[n % BOARDS.length] as (typeof BOARDS)[number]),
      by,
      at: Math.floor(Date.now() / 1000) * 1000 - Math.round((n * days * A_DAY) / count),
    }))
    sent.push(...rows)
    await sql(
      `insert into submissions (user_id, id, clouds, size, total, created_at)
       select $1, id, clouds, length(clouds), total, at
       from unnest($2::uuid[], $3::text[], $4::integer[], $5::timestamptz[]) as row (id, clouds, total, at)`,
      [
        people[by].id,
        rows.map(() => randomUUIDv7()),
        rows.map(({ clouds }) => clouds),
        rows.map(({ total }) => total),
        rows.map(({ at }) => new Date(at)),
      ],
    )
  }
  // As after a long standstill: nothing is summed up yet.
  await sql(`update submission_sums set summed_until = '${daysAgo(120)}'`)
  await send('ana', 300, 95)
  await send('ben', 200, 80)
  await send('eve', 100, 0.5)
  /** Sums up, as if it were some days ago. */
  const sumUp = (ago: number) => sql('select roll_up_submissions($1)', [daysAgo(ago)])
  return { api, chief, people, send, sent, sumUp, sql, databaseUrl }
}

async function statsFor(person: Person, query: Record<string, string>): Promise<SubmissionStats> {
  const answer = await person.gets(`/jotc/stats?${search(query)}`)
  assertStatus(answer, 200)
  return answer.json()
}

/** The same sums, made one by one in another language. */
function expected(
  sent: Sent[],
  { email, dateBegin, dateEnd, solvable, timeZone = 'UTC' }: Record<string, string>,
): SubmissionStats {
  const bound = (text: string, daysOn: number) =>
    text.includes('T')
      ? Date.parse(text)
      : Temporal.PlainDate.from(text).add({ days: daysOn }).toZonedDateTime(timeZone).epochMilliseconds
  const rows = sent.filter(
    ({ by, at, total }) =>
      (email === undefined || `${by}@example.org`.includes(email)) &&
      (dateBegin === undefined || at >= bound(dateBegin, 0)) &&
      (dateEnd === undefined || at < bound(dateEnd, 1)) &&
      (solvable === undefined || (total !== null) === (solvable === 'true')),
  )
  const dayOf = ({ at }: Sent) =>
    Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).toPlainDate().toString()
  const split = (group: Sent[]) => ({
    solvable: group.filter(({ total }) => total !== null).length,
    blocked: group.filter(({ total }) => total === null).length,
  })
  const totals = rows.flatMap(({ total }) => (total === null ? [] : [total])).sort((a, b) => a - b)
  const middle = (place: number) => totals[place] ?? 0
  return {
    submissions: rows.length,
    people: new Set(rows.map(({ by }) => by)).size,
    solvable: totals.length,
    medianTotal: totals.length === 0 ? null : (middle((totals.length - 1) >> 1) + middle(totals.length >> 1)) / 2,
    longest: rows.length === 0 ? null : Math.max(...rows.map(({ clouds }) => clouds.length)),
    days: [...Map.groupBy(rows, dayOf)]
      .map(([day, group]) => ({ day, ...split(group) }))
      .sort((a, b) => a.day.localeCompare(b.day)),
    sizes: [...Map.groupBy(rows, ({ clouds }) => clouds.length)]
      .map(([size, group]) => ({ size, ...split(group) }))
      .sort((a, b) => a.size - b.size),
    users: [...Map.groupBy(rows, ({ by }) => by)]
      .map(([by, group]) => ({ email: `${by}@example.org`, submissions: group.length }))
      .sort((a, b) => b.submissions - a.submissions || a.email.localeCompare(b.email)),
  }
}

function daysAgo(days: number): string {
  return Temporal.Now.plainDateISO('UTC').subtract({ days }).toString()
}
