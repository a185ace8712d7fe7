import assert from 'node:assert/strict'
import { after, type TestContext, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { type Person, problemOf, system, wrongFields } from '@jotc/testing/service/system'
import pg from 'pg'

type System = Awaited<ReturnType<typeof system>>
type Event = { event?: string; id?: string; retry?: string; data?: string; comment: boolean }

const HEARTBEAT = 15_000
const shared = await system({ after })
const admin = await shared.person('admin')

/** A live feed as a page reads it: event by event. All are closed when the test ends. */
async function reads(test: TestContext, person: Person, lastEventId?: string) {
  const closing = new AbortController()
  test.after(() => closing.abort())
  const headers = lastEventId === undefined ? {} : { 'last-event-id': lastEventId }
  const answer = await person.opens('/jotc/live', { headers, signal: closing.signal })
  assert.equal(answer.status, 200)
  const events = eventsOf(answer)
  return {
    headers: answer.headers,
    close: () => closing.abort(),
    /** The next event; undefined at the end of the feed. */
    next: async () => (await events.next()).value as Event | undefined,
    /** The ids of so many submissions, whatever else comes between. */
    async submissions(count: number): Promise<string[]> {
      const ids: string[] = []
      while (ids.length < count) {
        const { value } = await events.next()
        assert.ok(value, 'the feed ended')
        if (value.event === 'submission') ids.push(JSON.parse(value.data ?? '').id)
      }
      return ids
    },
  }
}

async function* eventsOf(answer: Response): AsyncGenerator<Event, undefined> {
  let text = ''
  for await (const chunk of answer.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += chunk
    const blocks = text.split('\n\n')
    text = blocks.pop() ?? ''
    for (const block of blocks) {
      const fields = block.split('\n').map((line) => line.split(/: ?(.*)/s, 2))
      yield { ...Object.fromEntries(fields), comment: block.startsWith(':') }
    }
  }
}

/** Records boards beside the service, as another worker does. */
async function records({ sql }: Pick<System, 'sql'>, { id }: Person, count = 1, size = 3): Promise<string[]> {
  const rows = await sql(
    `insert into submissions (user_id, id, clouds, size, total)
     select $1, uuidv7(), repeat('0', $3), $3, $3::int / 2 from generate_series(1, $2) returning id`,
    [id, count, size],
  )
  return rows.map((row) => row.id)
}

/** Records so many boards of a minute ago. */
async function recordsThePast({ sql }: Pick<System, 'sql'>, { id }: Person, count = 1): Promise<string[]> {
  const rows = await sql(
    `insert into submissions (user_id, id, clouds, size, total, created_at)
     select $1, uuidv7(), '000', 3, 1, now() - interval '1 minute' from generate_series(1, $2) returning id`,
    [id, count],
  )
  return rows.map((row) => row.id)
}

/** The last event of a feed. */
function endOf(reason: string): Event {
  return { event: 'end', data: JSON.stringify({ reason }), comment: false }
}

/** A transaction of somebody else. */
async function transaction({ databaseUrl }: System) {
  const client = new pg.Client(databaseUrl)
  client.on('error', () => {})
  await client.connect()
  await client.query('begin')
  return {
    sql: async (text: string, values: unknown[] = []) => (await client.query(text, values)).rows,
    async commit() {
      await client.query('commit')
      await client.end()
    },
  }
}

test('proxies are told to pass the feed on as it comes', async (t) => {
  const { headers, next } = await reads(t, await shared.person('ana'))
  assert.equal(headers.get('content-type'), 'text/event-stream')
  assert.equal(headers.get('cache-control'), 'no-cache, no-transform')
  assert.equal(headers.get('x-accel-buffering'), 'no')
  const first = await next()
  assert.equal(first?.event, 'ready')
  assert.ok(Number(first?.retry) >= 1_000 && Number(first?.retry) <= 5_000)
})

test('a submission is told as the list shows it, to its sender and to administrators, and to nobody else', async (t) => {
  const [kim, kit] = [await shared.person('kim'), await shared.person('kit')]
  const [all, own, other] = [await reads(t, admin), await reads(t, kim), await reads(t, kit)]
  for (const feed of [all, own, other]) await feed.next()
  const { id } = await kim.solves('0110')
  const event = await own.next()
  assert.deepEqual(JSON.parse(event?.data ?? ''), (await kim.lists()).items[0])
  assert.deepEqual(await all.submissions(1), [id])
  const last = await kit.solves('00')
  assert.deepEqual(await other.submissions(1), [last.id])
})

test('whoever writes is waited for until the commit, in whatever words: nothing turns up behind what was told', async (t) => {
  const ada = await shared.person('ada')
  const feed = await reads(t, ada)
  await feed.next()
  const slow = await transaction(shared)
  const [row] = await slow.sql(
    `INSERT INTO
       Submissions (user_id, id, clouds, size, total) VALUES ($1, uuidv7(), '000', 3, 1) RETURNING id`,
    [ada.id],
  )
  const quick = await records(shared, ada)
  // It is told as soon as the feed looks again; the quick one is held back for the slow one.
  const past = await recordsThePast(shared, ada)
  assert.deepEqual(await feed.submissions(1), past)
  await slow.commit()
  assert.deepEqual(await feed.submissions(2), [row.id, ...quick])
})

test('what is older than what was told is told all the same, and leaves the position to resume from', async (t) => {
  const bob = await shared.person('bob')
  const feed = await reads(t, bob)
  await feed.next()
  await bob.solves('000')
  const first = await feed.next()
  const [past] = await recordsThePast(shared, bob)
  const late = await feed.next()
  assert.deepEqual([late?.event, late?.id, JSON.parse(late?.data ?? '').id], ['submission', undefined, past])
  feed.close()
  const missed = await bob.solves('00')
  const again = await reads(t, bob, first?.id)
  assert.deepEqual(await again.submissions(1), [missed.id])
})

test('what is recorded by a transaction that began long before is told in order', async (t) => {
  const cem = await shared.person('cem')
  const feed = await reads(t, cem)
  await feed.next()
  const old = await transaction(shared)
  const { id } = await cem.solves('000')
  assert.deepEqual(await feed.submissions(1), [id])
  const [recorded] = await records(old, cem)
  await old.commit()
  const event = await feed.next()
  assert.equal(JSON.parse(event?.data ?? '').id, recorded)
  assert.ok(event?.id)
})

test('what is older than what was told is told when its transaction commits, also from within a savepoint', async (t) => {
  const dua = await shared.person('dua')
  const feed = await reads(t, dua)
  await feed.next()
  const nested = await transaction(shared)
  await nested.sql('savepoint inner_work')
  const past = await recordsThePast(nested, dua)
  await nested.sql('release savepoint inner_work')
  // The feed has looked when this one is told.
  const other = await recordsThePast(shared, dua)
  assert.deepEqual(await feed.submissions(1), other)
  await nested.commit()
  assert.deepEqual(await feed.submissions(1), past)
})

test('a past of many is not told one by one: the list is to be loaded again', async (t) => {
  const eli = await shared.person('eli')
  const feed = await reads(t, eli)
  await feed.next()
  await recordsThePast(shared, eli, 101)
  assert.equal((await feed.next())?.event, 'reset')
  const { id } = await eli.solves('000')
  assert.deepEqual(await feed.submissions(1), [id])
})

test('the largest boards are told to all who keep up, live and after coming back', async (t) => {
  const fresh = await system(t)
  const chief = await fresh.person('chief')
  const feed = await reads(t, chief)
  const first = await feed.next()
  const body = `${'0'.repeat(10_000)}\n`.repeat(300)
  const headers = { 'content-type': 'text/plain' }
  const batch = await (await fresh.person('zoe')).opens('/jotc/batch', { method: 'POST', body, headers })
  const answers = (await batch.text()).trimEnd().split('\n')
  const ids = answers.map((answer) => JSON.parse(answer).id)
  assert.deepEqual(new Set(await feed.submissions(300)), new Set(ids))
  const again = await reads(t, chief, first?.id)
  assert.deepEqual(new Set(await again.submissions(300)), new Set(ids))
})

test('who does not keep up is told to load the list again, and goes on from there', async (t) => {
  const fay = await shared.person('fay')
  // Nothing is read of the first one until the second one has read it all.
  const [slow, quick] = [await reads(t, fay), await reads(t, fay)]
  await records(shared, fay, 2_000, 10_000)
  await quick.submissions(2_000)
  while ((await slow.next())?.event !== 'reset');
  const { id } = await fay.solves('000')
  const told = await slow.submissions(1)
  while (told.at(-1) !== id) told.push(...(await slow.submissions(1)))
  assert.ok(told.length < 2_000)
})

test('an account has ten feeds at most; one that is closed makes room', async (t) => {
  const fresh = await system(t)
  const zoe = await fresh.person('zoe')
  const feeds = []
  for (let count = 0; count < 10; count++) feeds.push(await reads(t, zoe))
  const refused = await zoe.gets('/jotc/live')
  assert.equal(problemOf(refused, 429).type, '/problems/too-many-feeds')
  assert.ok(refused.headers['retry-after'])
  await reads(t, await fresh.person('kim'))
  feeds[0]?.close()
  while ((await zoe.opens('/jotc/live')).status === 429);
})

test('a reader who comes back gets what it missed and nothing twice', async (t) => {
  const hal = await shared.person('hal')
  const feed = await reads(t, hal)
  await feed.next()
  for (let count = 0; count < 4; count++) await hal.solves('000')
  await feed.submissions(4)
  await hal.solves('000')
  const fifth = await feed.next()
  feed.close()
  const missed = [(await hal.solves('000')).id, (await hal.solves('000')).id]
  const again = await reads(t, hal, fifth?.id)
  assert.deepEqual(await again.submissions(2), missed)
  const next = await hal.solves('00')
  assert.deepEqual(await again.submissions(1), [next.id])
})

test('more than a page is resumed in order while more is recorded', async (t) => {
  const ida = await shared.person('ida')
  const feed = await reads(t, ida)
  const first = await feed.next()
  feed.close()
  await records(shared, ida, 1_234, 1_000)
  const again = await reads(t, ida, first?.id)
  const { id } = await ida.solves('000')
  const told = await again.submissions(1235)
  assert.equal(new Set(told).size, 1235)
  assert.equal(told.at(-1), id)
})

test('who missed thousands is told to read the list anew, and goes on from there', async (t) => {
  const fresh = await system(t)
  const zoe = await fresh.person('zoe')
  const feed = await reads(t, zoe)
  const first = await feed.next()
  feed.close()
  await records(fresh, zoe, 5_001)
  const again = await reads(t, zoe, first?.id)
  await again.next()
  // The rows above may be told still: they are as new as the feed itself.
  const reset = await again.next()
  assert.equal(reset?.event, 'reset')
  again.close()
  const { id } = await zoe.solves('000')
  assert.equal((await (await reads(t, zoe, reset?.id)).submissions(1)).at(-1), id)
})

test('a heartbeat comes every 15 s and has no id, so that the place to resume from stays', async (t) => {
  t.mock.timers.enable({ apis: ['setInterval'] })
  const joe = await shared.person('joe')
  const feed = await reads(t, joe)
  await feed.next()
  await joe.solves('000')
  const event = await feed.next()
  t.mock.timers.tick(HEARTBEAT)
  const beat = await feed.next()
  assert.deepEqual([beat?.comment, beat?.id, beat?.event], [true, undefined, undefined])
  feed.close()
  const { id } = await joe.solves('00')
  assert.deepEqual(await (await reads(t, joe, event?.id)).submissions(1), [id])
})

test('a hundred readers who are gone leave no timer behind', async (t) => {
  const fresh = await system(t)
  const people = await Promise.all(['zoe', 'kim', 'kit', 'joe', 'ben'].map(fresh.person))
  await (await people[0]?.opens('/me'))?.text()
  const timers = () => process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout').length
  const before = timers()
  for (let round = 0; round < 2; round++) {
    const leaving = new AbortController()
    const ten = Array.from({ length: 10 })
    await Promise.all(people.flatMap((person) => ten.map(() => person.opens('/jotc/live', { signal: leaving.signal }))))
    // Two for each feed; others of the process come and go.
    assert.ok(timers() >= before + 60)
    leaving.abort()
    while (timers() > before + 10) await wait(10)
  }
})

test('open feeds are ended as the service stops, and say when to come back', async (t) => {
  const fresh = await system(t)
  const zoe = await fresh.person('zoe')
  const feeds = []
  for (let count = 0; count < 5; count++) feeds.push(await reads(t, zoe))
  const retries = new Set<string | undefined>()
  for (const feed of feeds) retries.add((await feed.next())?.retry)
  assert.ok(retries.size > 1)
  await fresh.api.close()
  for (const feed of feeds) {
    assert.deepEqual(await feed.next(), endOf('closing'))
    assert.equal(await feed.next(), undefined)
  }
})

for (const holder of ['person', 'visitor'] as const) {
  test(`signing out ends the feeds of that ${holder === 'person' ? 'token' : 'session'}, and no others`, async (t) => {
    const zoe = await shared[holder]('zoe')
    const elsewhere = await shared[holder]('zoe')
    const [feed, other] = [await reads(t, zoe), await reads(t, elsewhere)]
    await feed.next()
    await other.next()
    await zoe.signsOut()
    assert.deepEqual(await feed.next(), endOf('revoked'))
    const { id } = await elsewhere.solves('000')
    assert.deepEqual(await other.submissions(1), [id])
  })
}

test('a feed ends when the token expires, and says so', async (t) => {
  const { person } = await system(t, { JWT_LIFETIME: 1 })
  const feed = await reads(t, await person('zoe'))
  await feed.next()
  assert.deepEqual(await feed.next(), endOf('expired'))
  assert.equal(await feed.next(), undefined)
})

test('a feed of a page ends when its session is not used for too long, and not while it is', async (t) => {
  const { visitor, sql } = await system(t, { SESSION_IDLE: 8 })
  const feed = await reads(t, await visitor('zoe'))
  assert.equal((await feed.next())?.event, 'ready')
  // The worker knows the session as it was, and looks again when it would have ended.
  await sql('update sessions set used_at = clock_timestamp()')
  assert.deepEqual(await feed.next(), endOf('expired'))
  const [left] = await sql("select used_at < now() - interval '8 seconds' as over from sessions")
  assert.equal(left.over, true)
})

test('signing out everywhere ends all feeds of an account, by cookie and by token', async (t) => {
  const [page, script] = [await shared.visitor('abe'), await shared.person('abe')]
  const feeds = [await reads(t, page), await reads(t, script)]
  for (const feed of feeds) await feed.next()
  assert.equal((await page.deletes('/me/sessions')).statusCode, 204)
  for (const feed of feeds) assert.deepEqual(await feed.next(), endOf('revoked'))
})

for (const [what, statement, reason] of [
  ['an account that is erased', 'delete from users where id = $1', 'revoked'],
  ['a role that is changed', "update users set role = 'admin' where id = $1", 'changed'],
] as const) {
  test(`${what} ends its feeds`, async (t) => {
    const ria = await shared.person('ria')
    const feed = await reads(t, ria)
    await feed.next()
    await shared.sql(statement, [ria.id])
    assert.deepEqual(await feed.next(), endOf(reason))
    assert.equal(await feed.next(), undefined)
  })
}

test('connections that the database ends keep nobody from hearing', async (t) => {
  const fresh = await system(t)
  const zoe = await fresh.person('zoe')
  const feeds = [await reads(t, zoe), await reads(t, zoe)]
  for (const feed of feeds) await feed.next()
  await fresh.sql(
    "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name = 'jotc-api'",
  )
  const { id } = await zoe.solves('000')
  for (const feed of feeds) assert.deepEqual(await feed.submissions(1), [id])
})

test('a Last-Event-ID that no event had is refused by name', async () => {
  const eva = await shared.person('eva')
  const row = '01a21459-715f-7872-9e8b-1cca53869640'
  for (const id of [
    '7',
    `2026-02-31T99:00:00.000Z_${row}`,
    `2026-02-30T00:00:00.000Z_${row}`,
    `0000-01-01T00:00:00.000Z_${row}`,
    "2026' or true",
  ]) {
    assert.deepEqual(wrongFields(await eva.gets('/jotc/live', { 'last-event-id': id })), ['last-event-id'], id)
    const search = new URLSearchParams({ lastEventId: id })
    assert.deepEqual(wrongFields(await eva.gets(`/jotc/live?${search}`)), ['last-event-id'], id)
  }
})
