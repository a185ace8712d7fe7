import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import type { SubmissionStats } from '@jotc/core/api/jotc'
import { withClient } from '@jotc/testing/servers/database'
import { inserts } from '@jotc/testing/service/boards'
import { assertStatus, type Person, search, system } from '@jotc/testing/service/system'
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
  { clouds: '0000000', total: 3 },
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
  const { people, send, forget, sumUp, sql, agree } = await threeMonths(t)
  await agree('row by row')
  await sumUp(33)
  await agree('partly from sums')
  await sumUp(0)
  await agree('from sums')

  await send('ana', 200, 60)
  await people.ben.deletes('/me')
  forget('ben')
  await agree('from sums that have changed')
  assert.deepEqual(await sql('select from submission_accounts where user_id = $1', [people.ben.id]), [])
})

test('days are summed up in pieces: a statement takes so many rows at most, and sums are exact after each', async (t) => {
  const { sql, agree } = await threeMonths(t)
  for (let before = 0; ; ) {
    await sql("select roll_up_submissions('infinity', 40, '0 seconds')")
    const [{ summed }] = await sql('select sum(solvable + blocked)::integer as summed from submission_accounts')
    assert(summed - before <= 40, `${summed - before} rows in one piece`)
    await agree(`${summed} summed up`)
    if (summed === before) break
    before = summed
  }
})

test('an answer is of one moment, whatever is committed while it is made', async (t) => {
  const { api, chief, people, send, sent, forget, sumUp, sql } = await threeMonths(t)
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
      forget('ben')
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

test('what SQL alone would spoil is refused, and sums stay exact', async (t) => {
  const { people, forget, sumUp, sql, agree } = await threeMonths(t)
  await sumUp(0)
  for (const change of [
    "update submissions set created_at = created_at - interval '40 days'",
    "update submissions set clouds = '0', size = 1, total = 0",
    // Moments before and after all years.
    "insert into submissions select user_id, uuidv7(), '0', 1, 0, '1800-01-01' from submissions",
    "insert into submissions select user_id, uuidv7(), '0', 1, 0, 'infinity' from submissions",
  ]) {
    await assert.rejects(sql(change), change)
    await agree(change)
  }
  await people.ben.deletes('/me')
  forget('ben')
  await agree('an account is erased')
})

test('sums are empty after the table was emptied by SQL alone, and right for what comes then', async (t) => {
  const { send, forget, sumUp, sql, agree } = await threeMonths(t)
  await sumUp(0)
  for (const command of ['truncate submissions', 'delete from submissions']) {
    await sql(command)
    forget('ana', 'ben', 'eve')
    await agree(command)
    await send('ana', 50, 60)
    await agree(`after ${command}`)
  }
})

test('a row of the past, from a transaction older than the sums of its day, is counted or refused', async (t) => {
  const { people, sent, sumUp, sql, databaseUrl, agree } = await threeMonths(t)
  for (const isolation of ['read committed', 'repeatable read', 'serializable']) {
    await sql('select empty_submission_sums()')
    await sql(`update submission_sums set summed_until = '${daysAgo(120)}'`)
    await withClient(databaseUrl, async (old) => {
      await old.query(`begin isolation level ${isolation}`)
      await old.query('select from submission_sums')
      await sumUp(0)
      const at = Date.now() - 50 * A_DAY
      const row = [people.ana.id, new Date(at)]
      try {
        await old.query("insert into submissions values ($1, uuidv7(), '000', 3, 1, $2)", row)
        await old.query('commit')
        sent.push({ by: 'ana', clouds: '000', total: 1, at })
      } catch {
        // Refused: its connection takes what it began with it.
      }
    })
    await agree(isolation)
  }
})

test('no day is summed up before it is over, whatever day it is said to be; where a clock was ahead, boards are counted too', async (t) => {
  const { people, sent, sumUp, sql, agree } = await threeMonths(t)
  const solves = async () => {
    const { clouds, total, createdAt } = await people.ana.solves('0010010')
    sent.push({ by: 'ana', clouds, total, at: Date.parse(createdAt) })
  }
  await sumUp(-1)
  await solves()
  await agree('asked too early')
  await sql(`select sum_up(summed_until, '${daysAgo(-40)}') from submission_sums`)
  await sql(`update submission_sums set summed_until = '${daysAgo(-40)}'`)
  await solves()
  await agree('by a clock that was ahead')
})

test('sums that were spoilt past the triggers are exact again once they are counted anew', async (t) => {
  const { send, sumUp, sql, agree } = await threeMonths(t)
  await sumUp(0)
  for (const spoil of [
    'update submission_quarters set solvable = solvable + 1',
    'delete from submission_accounts',
    `insert into submission_sizes values ('${daysAgo(3)}', 9, 9, 9)`,
    'delete from submission_sums',
  ]) {
    await sql(spoil)
    await sql('select recount_submission_sums()')
    await agree(spoil)
  }
  await send('ana', 30, 60)
  await agree('after all')
})

/** Submissions of a quarter of a year by three people, put into an empty database, and what they were. */
async function threeMonths(test: TestContext) {
  const made = await system(test)
  const { sql, person } = made
  const chief = await person('chief')
  // Not in the order of their names, in which equals are ranked.
  const people = { eve: await person('eve'), ben: await person('ben'), ana: await person('ana') }
  const sent: Sent[] = []
  const send = async (by: keyof typeof people, count: number, days: number) => {
    const now = Math.floor(Date.now() / 1000) * 1000
    const rows = Array.from({ length: count }, (_, n) => ({
      ...(BOARDS[n % BOARDS.length] as (typeof BOARDS)[number]),
      by,
      at: now - Math.round((n * days * A_DAY) / count),
    }))
    sent.push(...rows)
    await inserts(
      made,
      people[by],
      rows.map(({ clouds, at }) => ({ clouds, at: new Date(at) })),
    )
  }
  const forget = (...gone: string[]) => void sent.splice(0, sent.length, ...sent.filter(({ by }) => !gone.includes(by)))
  /** Sums up, as if it were some days ago. */
  const sumUp = (ago: number) => sql('select roll_up_submissions($1)', [daysAgo(ago)])
  /** Asserts that statistics are what was sent. */
  const agree = async (when: string) => {
    for (const query of FILTERS)
      assert.deepEqual(await statsFor(chief, query), expected(sent, query), `${when}: ${JSON.stringify(query)}`)
  }
  // As after a long standstill: nothing is summed up yet.
  await sql(`update submission_sums set summed_until = '${daysAgo(120)}'`)
  await send('ana', 300, 95)
  await send('ben', 200, 80)
  await send('eve', 200, 0.5)
  return { ...made, chief, people, send, sent, forget, sumUp, agree }
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
