import assert from 'node:assert/strict'
import { after, type TestContext, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { inserts, jsonLines } from '@jotc/testing/service/boards'
import { type Person, problemOf, system, wrongFields } from '@jotc/testing/service/system'
import pg from 'pg'

type Event = { event?: string; id?: string; retry?: string; data?: string; comment: boolean }
type Feed = Awaited<ReturnType<typeof reads>>

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
  const next = async () => (await events.next()).value
  const ready = await next()
  assert.equal(ready?.event, 'ready')
  return {
    headers: answer.headers,
    ready,
    close: () => closing.abort(),
    /** The next event; undefined at the end of the feed. */
    next,
    /** The ids of so many submissions, whatever else comes between. */
    async submissions(count: number): Promise<string[]> {
      const ids: string[] = []
      while (ids.length < count) {
        const event = await next()
        assert.ok(event, 'the feed ended')
        if (event.event === 'submission') ids.push(JSON.parse(event.data ?? '').id)
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

/** So many boards of a minute ago. */
function past(count = 1) {
  return Array.from({ length: count }, () => ({ clouds: '000', at: new Date(Date.now() - 60_000) }))
}

/** Asserts that a feed says why it ends, and ends. */
async function ends({ next }: Feed, reason: string): Promise<void> {
  assert.deepEqual(await next(), { event: 'end', data: JSON.stringify({ reason }), comment: false })
  assert.equal(await next(), undefined)
}

/** A transaction of somebody else. */
async function transaction() {
  const client = new pg.Client(shared.databaseUrl)
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

// First: the feeds of a test before it could not clear their timers while its clock stands still.
test('a heartbeat comes every 15 s and has no id, so that the place to resume from stays', async (t) => {
  t.mock.timers.enable({ apis: ['setInterval'] })
  const joe = await shared.person('joe')
  const feed = await reads(t, joe)
  await joe.solves('000')
  const event = await feed.next()
  t.mock.timers.tick(HEARTBEAT)
  const beat = await feed.next()
  assert.deepEqual([beat?.comment, beat?.id, beat?.event], [true, undefined, undefined])
  feed.close()
  const { id } = await joe.solves('00')
  assert.deepEqual(await (await reads(t, joe, event?.id)).submissions(1), [id])
})

test('proxies are told to pass the feed on as it comes', async (t) => {
  const { headers, ready } = await reads(t, await shared.person('ana'))
  assert.equal(headers.get('content-type'), 'text/event-stream')
  assert.equal(headers.get('cache-control'), 'no-cache, no-transform')
  assert.equal(headers.get('x-accel-buffering'), 'no')
  assert.ok(Number(ready.retry) >= 1_000 && Number(ready.retry) <= 5_000)
})

test('a submission is told as the list shows it, to its sender and to administrators, and to nobody else', async (t) => {
  const [kim, kit] = [await shared.person('kim'), await shared.person('kit')]
  const [all, own, other] = [await reads(t, admin), await reads(t, kim), await reads(t, kit)]
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
  const slow = await transaction()
  const [row] = await slow.sql(
    `INSERT INTO
       Submissions (user_id, id, clouds, size, total) VALUES ($1, uuidv7(), '000', 3, 1) RETURNING id`,
    [ada.id],
  )
  const quick = await inserts(shared, ada, [{ clouds: '000' }])
  // It is told as soon as the feed looks again; the quick one is held back for the slow one.
  const late = await inserts(shared, ada, past())
  assert.deepEqual(await feed.submissions(1), late)
  await slow.commit()
  assert.deepEqual(await feed.submissions(2), [row.id, ...quick])
})

test('what is older than what was told is told all the same once it is committed, and leaves the position to resume from', async (t) => {
  const bob = await shared.person('bob')
  const feed = await reads(t, bob)
  await bob.solves('000')
  const first = await feed.next()
  const nested = await transaction()
  await nested.sql('savepoint inner_work')
  const slow = await inserts(nested, bob, past())
  await nested.sql('release savepoint inner_work')
  const quick = await inserts(shared, bob, past())
  // The feed has looked when this one is told.
  assert.deepEqual(await feed.submissions(1), quick)
  await nested.commit()
  const late = await feed.next()
  assert.deepEqual([late?.event, late?.id, JSON.parse(late?.data ?? '').id], ['submission', undefined, ...slow])
  feed.close()
  const missed = await bob.solves('00')
  const again = await reads(t, bob, first?.id)
  assert.deepEqual(await again.submissions(1), [missed.id])
})

test('what is recorded by a transaction that began long before is told in order', async (t) => {
  const cem = await shared.person('cem')
  const feed = await reads(t, cem)
  const old = await transaction()
  const { id } = await cem.solves('000')
  assert.deepEqual(await feed.submissions(1), [id])
  const [recorded] = await inserts(old, cem, [{ clouds: '000' }])
  await old.commit()
  const event = await feed.next()
  assert.equal(JSON.parse(event?.data ?? '').id, recorded)
  assert.ok(event?.id)
})

test('a past of many is not told one by one: the list is to be loaded again', async (t) => {
  const eli = await shared.person('eli')
  const feed = await reads(t, eli)
  await inserts(shared, eli, past(101))
  assert.equal((await feed.next())?.event, 'reset')
  const { id } = await eli.solves('000')
  assert.deepEqual(await feed.submissions(1), [id])
})

test('the largest boards are told to all who keep up, live and after coming back', async (t) => {
  const feed = await reads(t, admin)
  const body = `${'0'.repeat(10_000)}\n`.repeat(300)
  const headers = { 'content-type': 'text/plain' }
  const batch = await (await shared.person('lea')).opens('/jotc/batch', { method: 'POST', body, headers })
  const ids = new Set(jsonLines<{ id: string }>(await batch.text()).map(({ id }) => id))
  assert.deepEqual(new Set(await feed.submissions(300)), ids)
  const again = await reads(t, admin, feed.ready.id)
  assert.deepEqual(new Set(await again.submissions(300)), ids)
})

test('who does not keep up is told to load the list again, and goes on from there', async (t) => {
  const fay = await shared.person('fay')
  // Nothing is read of the first one until the second one has read it all.
  const [slow, quick] = [await reads(t, fay), await reads(t, fay)]
  await inserts(shared, fay, Array(2_000).fill({ clouds: '0'.repeat(10_000) }))
  await quick.submissions(2_000)
  while ((await slow.next())?.event !== 'reset');
  const { id } = await fay.solves('000')
  const told = await slow.submissions(1)
  while (told.at(-1) !== id) told.push(...(await slow.submissions(1)))
  assert.ok(told.length < 2_000)
})

test('an account has ten feeds at most; one that is closed makes room', async (t) => {
  const gus = await shared.person('gus')
  const feeds = []
  for (let count = 0; count < 10; count++) feeds.push(await reads(t, gus))
  assert.equal(problemOf(await gus.gets('/jotc/live'), 429).type, '/problems/too-many-feeds')
  await reads(t, await shared.person('kim'))
  feeds[0]?.close()
  while ((await gus.opens('/jotc/live')).status === 429);
})

test('a reader who comes back gets what it missed and nothing twice', async (t) => {
  const hal = await shared.person('hal')
  const feed = await reads(t, hal)
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
  feed.close()
  await inserts(shared, ida, Array(1_234).fill({ clouds: '0'.repeat(1_000) }))
  const again = await reads(t, ida, feed.ready.id)
  const { id } = await ida.solves('000')
  const told = await again.submissions(1235)
  assert.equal(new Set(told).size, 1235)
  assert.equal(told.at(-1), id)
})

test('who missed thousands is told to read the list anew, and goes on from there', async (t) => {
  const uma = await shared.person('uma')
  const feed = await reads(t, uma)
  feed.close()
  await inserts(shared, uma, Array(5_001).fill({ clouds: '000' }))
  const again = await reads(t, uma, feed.ready.id)
  // The rows above may be told still: they are as new as the feed itself.
  const reset = await again.next()
  assert.equal(reset?.event, 'reset')
  again.close()
  const { id } = await uma.solves('000')
  assert.equal((await (await reads(t, uma, reset?.id)).submissions(1)).at(-1), id)
})

test('a hundred readers who are gone leave no timer behind', async () => {
  const people = await Promise.all(['zoe', 'kim', 'kit', 'joe', 'ben'].map(shared.person))
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
  const { api, person } = await system(t)
  const zoe = await person('zoe')
  const feeds = await Promise.all(Array.from({ length: 5 }, () => reads(t, zoe)))
  assert.ok(new Set(feeds.map(({ ready }) => ready.retry)).size > 1)
  await api.close()
  for (const feed of feeds) await ends(feed, 'closing')
})

test('signing out ends the feeds of that token or session, and no others; signing out everywhere ends them all', async (t) => {
  const [page, script] = [await shared.visitor('abe'), await shared.person('abe')]
  const others = [await reads(t, page), await reads(t, script)]
  for (const leaving of [await shared.visitor('abe'), await shared.person('abe')]) {
    const feed = await reads(t, leaving)
    await leaving.signsOut()
    await ends(feed, 'revoked')
  }
  const { id } = await page.solves('000')
  for (const feed of others) assert.deepEqual(await feed.submissions(1), [id])
  assert.equal((await page.deletes('/me/sessions')).statusCode, 204)
  for (const feed of others) await ends(feed, 'revoked')
})

test('a feed ends when the token expires, and says so', async (t) => {
  const { person } = await system(t, { JWT_LIFETIME: 1 })
  await ends(await reads(t, await person('zoe')), 'expired')
})

test('a feed of a page ends when its session is not used for too long, and not while it is', async (t) => {
  const { visitor, sql } = await system(t, { SESSION_IDLE: 8 })
  const feed = await reads(t, await visitor('zoe'))
  // The worker knows the session as it was, and looks again when it would have ended.
  await sql('update sessions set used_at = clock_timestamp()')
  await ends(feed, 'expired')
  const [left] = await sql("select used_at < now() - interval '8 seconds' as over from sessions")
  assert.equal(left.over, true)
})

for (const [what, statement, reason] of [
  ['an account that is erased', 'delete from users where id = $1', 'revoked'],
  ['a role that is changed', "update users set role = 'admin' where id = $1", 'changed'],
] as const) {
  test(`${what} ends its feeds`, async (t) => {
    const ria = await shared.person('ria')
    const feed = await reads(t, ria)
    await shared.sql(statement, [ria.id])
    await ends(feed, reason)
  })
}

test('connections that the database ends keep nobody from hearing', async (t) => {
  const ivo = await shared.person('ivo')
  const feeds = [await reads(t, ivo), await reads(t, ivo)]
  await shared.sql(
    "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name = 'jotc-api'",
  )
  const { id } = await ivo.solves('000')
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
