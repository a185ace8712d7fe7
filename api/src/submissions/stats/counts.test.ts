import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { SubmissionStats } from '@jotc/core/api/jotc'
import { inserts } from '@jotc/testing/service/boards'
import { assertStatus, search, system, wrongFields } from '@jotc/testing/service/system'

const shared = await system({ after })
const { sql } = shared
const ana = await shared.person('ana')

/** Names that are no time zones of the IANA list, though Intl or the database takes them for some. */
const STRANGERS = ['US/Pacific-New', 'NET', 'IST', 'PST', 'SystemV/EST5EDT', 'Etc/Unknown', 'posixrules', 'UTC+2']

/** Submissions as of these instants, and none else; those of days before `summed` are summed up. */
async function sentAt(instants: readonly string[], summed = '2000-01-01') {
  await sql('truncate submissions')
  await sql(`update submission_sums set summed_until = '2000-01-01'`)
  await inserts(
    shared,
    ana,
    instants.map((at) => ({ clouds: '000', at })),
  )
  await sql('select sum_up(summed_until, $1) from submission_sums', [summed])
  await sql('update submission_sums set summed_until = $1', [summed])
}

async function daysOf(query: Record<string, string>): Promise<string[]> {
  const answer = await ana.gets(`/jotc/stats?${search(query)}`)
  assertStatus(answer, 200)
  const { days } = answer.json<SubmissionStats>()
  return days.flatMap(({ day, solvable }) => Array(solvable).fill(day))
}

test('every time zone is counted in by its own days, now and in the coming years, from rows and from sums', async () => {
  const zones = Intl.supportedValuesOf('timeZone')
  const instants = [...new Set(zones.flatMap(nightsOfChange))].sort()
  await sentAt(instants, '2028-07-01')
  const links = (await sql("select name from pg_timezone_names where name !~ '^posix/'")).map(({ name }) => name)
  for (const timeZone of new Set([...zones, ...links, ...STRANGERS])) {
    if (isTimeZone(timeZone)) {
      const expected = instants.map((instant) =>
        Temporal.Instant.from(instant).toZonedDateTimeISO(timeZone).toPlainDate().toString(),
      )
      assert.deepEqual(await daysOf({ timeZone }), expected, timeZone)
    } else {
      assert(!zones.includes(timeZone), timeZone)
      assert.deepEqual(wrongFields(await ana.gets(`/jotc/stats?${search({ timeZone })}`)), ['timeZone'])
      assert.deepEqual(wrongFields(await ana.gets(`/jotc?${search({ timeZone })}`)), ['timeZone'])
    }
  }
})

for (const [timeZone, instants] of [
  // A day to its last moment, and days of 25 and 23 hours.
  ['UTC', ['2026-03-31T18:45:00Z', '2026-03-31T23:59:59.999Z', '2026-04-01T00:00:00Z']],
  ['Europe/Berlin', ['2026-10-24T22:00:00Z', '2026-10-25T22:59:00Z', '2026-10-25T23:00:00Z']],
  ['Europe/Paris', ['2026-03-28T23:00:00Z', '2026-03-29T21:59:00Z', '2026-03-29T22:00:00Z']],
  ['Africa/Casablanca', ['2026-11-15T23:30:00Z']],
  ['America/Edmonton', ['2026-11-05T06:30:00Z', '2027-01-01T06:30:00Z']],
  ['CET', ['2026-07-31T22:30:00Z']],
  ['MET', ['2026-07-31T22:30:00Z']],
  ['EET', ['2026-07-31T21:30:00Z']],
  ['WET', ['2026-07-31T23:30:00Z']],
  // The clocks went back over midnight: an hour of the 6th came after the first minute of the 7th.
  [
    'America/St_Johns',
    ['2010-11-07T02:29:59Z', '2010-11-07T02:30:30Z', '2010-11-07T03:00:00Z', '2010-11-08T03:29:59Z'],
  ],
  // A day that was left out.
  ['Pacific/Apia', ['2011-12-30T09:59:59Z', '2011-12-30T10:00:00Z']],
] as const) {
  test(`in ${timeZone} a submission stands on the same day in the list and in the statistics`, async () => {
    await sentAt(instants)
    const days = await daysOf({ timeZone })
    assert.equal(days.length, instants.length)
    for (const day of new Set(days)) {
      const query = { dateBegin: day, dateEnd: day, timeZone }
      const { items } = await ana.lists({ ...query, sort: 'asc' })
      const listed = items.map(({ createdAt }) => Date.parse(createdAt))
      const ofDay = instants.filter((_, n) => days[n] === day)
      assert.deepEqual(listed, ofDay.map(Date.parse))
      assert.deepEqual(await daysOf(query), Array(ofDay.length).fill(day))
    }
  })
}

/** Where the days about each change of the clocks begin in the coming years, and the quarters of an hour before. */
function nightsOfChange(timeZone: string): string[] {
  const instants: string[] = []
  let time = Temporal.Instant.from('2026-01-01T00:00Z').toZonedDateTimeISO(timeZone)
  for (;;) {
    const change = time.getTimeZoneTransition('next')
    if (change === null || change.year > 2030) return instants
    for (const days of [-1, 0, 1]) {
      const begin = change.toPlainDate().add({ days }).toZonedDateTime(timeZone).toInstant()
      instants.push(begin.toString(), begin.subtract({ minutes: 15 }).toString())
    }
    time = change
  }
}

function isTimeZone(name: string): boolean {
  try {
    return Temporal.Now.zonedDateTimeISO(name) !== undefined
  } catch {
    return false
  }
}
