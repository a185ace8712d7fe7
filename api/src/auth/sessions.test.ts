import assert from 'node:assert/strict'
import { hash } from 'node:crypto'
import { after, type TestContext, test } from 'node:test'
import {
  type Answer,
  assertStatus,
  becomesTrue,
  detailsOf,
  type Person,
  problemOf,
  signIn as signInByToken,
  system,
} from '@jotc/testing/service/system'
import { parseSetCookie } from 'cookie'

const shared = await system({ after }, { TRUST_PROXY: ['127.0.0.1'] })
const { api, databaseUrl: DATABASE_URL, holderOf, person, sql, visitor } = shared
const admin = await person('admin')

/** One more worker on the same database, which has nothing in its memory yet. */
const worker = (t: TestContext) => system(t, { DATABASE_URL })
const isIn = async (who: Person) => (await who.gets('/me')).statusCode === 200
const isOut = async (who: Person) => (await who.gets('/me')).statusCode === 401
const typeOf = (answer: Answer) => problemOf(answer, 401).type
const setSessions = (of: Person, values: string) => sql(`update sessions set ${values} where user_id = $1`, [of.id])

const SAME_ORIGIN = { 'sec-fetch-site': 'same-origin' }
const signIn = (name: string, headers: Record<string, string> = SAME_ORIGIN): Promise<Answer> =>
  api.inject({ method: 'POST', url: '/login?session=cookie', payload: detailsOf(name), headers })

test('who signs in by cookie gets one that no script can read and no other site can send, kept as a hash, and no token', async () => {
  const answer = await signIn('ana')
  assertStatus(answer, 200)
  const { token, expiresAt, user } = answer.json()
  assert.deepEqual([token, user.email, user.signedOutAtMs], [undefined, 'ana@example.org', undefined])
  assert.ok(Math.abs(Date.parse(expiresAt) - Date.now() - 43_200_000) < 60_000)
  const { value = '', ...attributes } = parseSetCookie(String(answer.headers['set-cookie']))
  const least = { maxAge: 2_592_000, path: '/', httpOnly: true, sameSite: 'strict' }
  assert.deepEqual(attributes, { name: 'session', ...least })
  assert.match(value, /^[\w-]{43}$/)
  const [row] = await sql('select * from sessions where hash = $1', [hash('sha256', value, 'buffer')])
  assert.equal(row.user_id, user.id)
  assert.equal(JSON.stringify(row).includes(value), false)

  // By HTTPS it is for HTTPS and this host alone.
  const secure = await signIn('ana', { ...SAME_ORIGIN, 'x-forwarded-proto': 'https' })
  const { value: _, ...stricter } = parseSetCookie(String(secure.headers['set-cookie']))
  assert.deepEqual(stricter, { name: '__Host-session', ...least, secure: true })
})

test('a page of another site cannot sign in by cookie, nor can what says of no page', async () => {
  for (const path of ['/login', '/login/code', '/accounts', '/passkeys/sign-in']) {
    for (const headers of [{ 'sec-fetch-site': 'cross-site' }, {}]) {
      const answer = await api.inject({ method: 'POST', url: `${path}?session=cookie`, payload: {}, headers })
      assert.equal(problemOf(answer, 403).type, '/problems/cross-origin', path)
    }
  }
})

test('a page uses its session without a token, and a token that is sent beside it wins', async () => {
  const ana = await visitor('ana')
  const { id } = await ana.solves('0010010')
  assert.equal((await ana.lists()).items[0]?.id, id)
  const { cookie = '' } = ana.headers
  const link = await api.inject({ url: '/jotc/export', headers: { cookie } })
  assert.ok(link.body.includes(id), 'a plain link')
  assert.equal((await ana.gets('/me', { authorization: `Bearer ${admin.token}` })).json().id, admin.id)
  assert.equal(typeOf(await ana.gets('/me', { authorization: 'Bearer none' })), '/problems/invalid-token')
})

const PROXIED = { host: 'api:4000', 'x-forwarded-host': 'clouds.test' }
for (const [what, headers, status] of [
  ['its own page', { 'sec-fetch-site': 'same-origin' }, 201],
  ['what the person typed', { 'sec-fetch-site': 'none' }, 201],
  ['another site', { 'sec-fetch-site': 'cross-site' }, 403],
  ['another port of the host', { 'sec-fetch-site': 'same-site' }, 403],
  ['its own page, by origin', { host: 'clouds.test', origin: 'http://clouds.test' }, 201],
  ['its own page, by origin, behind a proxy', { ...PROXIED, origin: 'http://clouds.test' }, 201],
  ['another page, by origin', { host: 'clouds.test', origin: 'http://clouds.test.example.org' }, 403],
  ['a page without an origin', { host: 'clouds.test', origin: 'null' }, 403],
  ['nobody knows where', { host: 'clouds.test' }, 403],
] as const) {
  test(`a change with the cookie that comes from ${what} is ${status === 201 ? 'made' : 'refused'}`, async () => {
    const { cookie = '' } = (await visitor('orla')).headers
    const sent = { method: 'POST', url: '/jotc', payload: { clouds: '000' } } as const
    const answer = await api.inject({ ...sent, headers: { cookie, ...headers } })
    assertStatus(answer, status)
    if (status === 403) assert.equal(problemOf(answer, 403).type, '/problems/cross-origin')
  })
}

test('by HTTPS a cookie that a page by HTTP could have set is nothing', async () => {
  const { cookie = '' } = (await visitor('orla')).headers
  const answer = await api.inject({ url: '/me', headers: { cookie, 'x-forwarded-proto': 'https' } })
  assert.equal(typeOf(answer), '/problems/sign-in-required')
})

test('a session that was not used for twelve hours has expired, and says so as long as its cookie is sent', async (t) => {
  const ida = await visitor('ida')
  await setSessions(ida, "created_at = created_at - interval '20 days', used_at = used_at - interval '11:59'")
  assert.ok(await isIn(ida.on(await worker(t))))
  await setSessions(ida, "used_at = now() - interval '12:01'")
  await api.sweeper.sweep()
  const later = await worker(t)
  assert.equal(typeOf(await ida.on(later).gets('/me')), '/problems/session-expired')
  assert.equal(typeOf(await ida.on(later).gets('/me')), '/problems/session-expired')
})

test('a session lasts thirty days, however much it is used', async (t) => {
  const leo = await visitor('leo')
  await setSessions(leo, "created_at = now() - interval '29 days 23:59'")
  assert.ok(await isIn(leo.on(await worker(t))))
  await setSessions(leo, "created_at = now() - interval '30 days 00:01'")
  assert.equal(typeOf(await leo.on(await worker(t)).gets('/me')), '/problems/session-expired')
  await api.sweeper.sweep()
  assert.deepEqual(await sql('select id from sessions where user_id = $1', [leo.id]), [])
})

test('a session that this worker knows ends in time too', async (t) => {
  const lou = await visitor('lou')
  assert.ok(await isIn(lou))
  t.mock.timers.enable({ apis: ['Date'], now: Date.now() + 43_201_000 })
  assert.equal(typeOf(await lou.gets('/me')), '/problems/session-expired')
})

test('the use of a session is written at most once a minute, by all workers together', async (t) => {
  const mia = await visitor('mia')
  await setSessions(mia, "created_at = now() - interval '1 day', used_at = now() - interval '61 seconds'")
  const state = async () => (await sql('select xmin, used_at from sessions where user_id = $1', [mia.id]))[0]
  const before = await state()
  const workers = await Promise.all([worker(t), worker(t)])
  await Promise.all(workers.flatMap((other) => Array.from({ length: 10 }, () => mia.on(other).gets('/me'))))
  const written = await state()
  assert.ok(written.used_at > before.used_at)
  await Promise.all([await worker(t), ...workers].map((other) => mia.on(other).gets('/me')))
  assert.deepEqual(await state(), written)
})

test('signing out ends the session in every worker within a second, and the browser forgets it', async (t) => {
  const ben = await visitor('ben')
  const there = ben.on(await worker(t))
  assert.ok(await isIn(there))
  const answer = await ben.posts('/logout', {})
  const { name, value, maxAge } = parseSetCookie(String(answer.headers['set-cookie']))
  assert.deepEqual([answer.statusCode, name, value, maxAge], [204, 'session', '', 0])
  assert.equal(typeOf(await ben.gets('/me')), '/problems/session-ended')
  await becomesTrue(() => isOut(there))
})

test('one sees where one is signed in, and signs out there', async (t) => {
  const [here, there] = [await visitor('nia'), await visitor('nia')]
  await setSessions(here, "created_at = now() - interval '2 days', used_at = now() - interval '1 day'")
  const current = await visitor('nia')
  const elsewhere = await visitor('someone-else')
  const { items } = (await current.gets('/me/sessions')).json()
  assert.equal(items.length, 1, 'those that have expired are not listed')
  assert.deepEqual([items[0].isCurrent, items[0].browser], [true, 'lightMyRequest'])

  await setSessions(here, 'created_at = now(), used_at = now()')
  const listed = (await current.gets('/me/sessions')).json().items
  assert.deepEqual(listed.map((item: { isCurrent: boolean }) => item.isCurrent).sort(), [false, false, true])
  const other = await worker(t)
  assert.ok((await isIn(here.on(other))) && (await isIn(there.on(other))))
  for (const { id, isCurrent } of listed) {
    problemOf(await elsewhere.deletes(`/me/sessions/${id}`), 404)
    if (!isCurrent) assert.equal((await current.deletes(`/me/sessions/${id}`)).statusCode, 204)
  }
  await becomesTrue(async () => (await isOut(here.on(other))) && (await isOut(there.on(other))))
  assert.ok(await isIn(current.on(other)))
})

test('who signs in again in the same browser has one session, the new one', async () => {
  const before = await visitor('uma')
  const answer = await signIn('uma', before.headers)
  assert.equal(answer.statusCode, 200)
  assert.equal(typeOf(await before.gets('/me')), '/problems/session-ended')
  assert.equal((await sql('select id from sessions where user_id = $1', [before.id])).length, 1)
})

for (const who of ['the person', 'an administrator'] as const) {
  test(`${who} ends all sessions and tokens of an account, in every worker within a second`, async (t) => {
    const name = who === 'the person' ? 'vera' : 'wim'
    const [page, other, script] = [await visitor(name), await visitor(name), await person(name)]
    const bystander = await visitor('bystander')
    const elsewhere = await worker(t)
    const all = [page, other, script].map((each) => each.on(elsewhere))
    for (const each of all) assert.ok(await isIn(each))
    const ended = who === 'the person' ? page.deletes('/me/sessions') : admin.deletes(`/users/${page.id}/sessions`)
    assert.equal((await ended).statusCode, 204)
    for (const each of [page, other, script]) assert.equal(typeOf(await each.gets('/me')), '/problems/session-ended')
    for (const each of all) await becomesTrue(() => isOut(each))
    assert.ok(await isIn(bystander.on(elsewhere)))
    assert.ok(await isIn(await signInByToken(api, detailsOf(name))), 'a new sign-in counts at once')
  })
}

test('who signs out everywhere with a token loses that token too, though the clock that issued it be ahead', async (t) => {
  const { id } = await person('xeno')
  t.mock.timers.enable({ apis: ['Date'], now: Date.now() + 10_000 })
  const { token } = api.tokens.sign({ id, signedOutAtMs: 0 })
  t.mock.timers.reset()
  const script = holderOf(token)
  assert.equal((await script.deletes('/me/sessions')).statusCode, 204)
  assert.ok(await isOut(script))
})

test('who signs in right after signing out everywhere is signed in, to the same moment and by a clock that is behind', async () => {
  const before = await person('uma')
  await sql("update users set signed_out_at = date_trunc('second', now() + interval '2 seconds') where id = $1", [
    before.id,
  ])
  await api.revocations.refresh()
  assert.ok(await isOut(before))
  assert.ok(await isIn(await person('uma')))
})

test('who erases the account is signed out in every browser', async (t) => {
  const [here, there] = [await visitor('zed'), await visitor('zed')]
  const other = there.on(await worker(t))
  assert.ok(await isIn(other))
  const answer = await here.deletes('/me')
  assert.equal(parseSetCookie(String(answer.headers['set-cookie'])).maxAge, 0)
  assert.ok(await isOut(here))
  await becomesTrue(() => isOut(other))
})

test('an account has a hundred sessions; the least used makes room', async (t) => {
  const first = await visitor('rob')
  await sql(
    `insert into sessions (id, user_id, hash, browser)
     select uuidv7(), $1, sha256(n::text::bytea), 'Firefox on Linux' from generate_series(1, 99) n`,
    [first.id],
  )
  assert.ok(await isIn(first.on(await worker(t))))
  await visitor('rob')
  assert.equal((await sql('select id from sessions where user_id = $1', [first.id])).length, 100)
  assert.ok(await isOut(first.on(await worker(t))))
})

test('a cookie that is none of ours is refused without a look into the database', async (t) => {
  const alone = await system(t)
  await alone.person('ana')
  await alone.sql('alter table sessions rename to hidden')
  for (const secret of ['x', 'x'.repeat(44), `${'x'.repeat(42)}!`]) {
    const answer = await alone.api.inject({ url: '/me', headers: { cookie: `session=${secret}` } })
    assert.equal(typeOf(answer), '/problems/invalid-token')
  }
  const empty = await alone.api.inject({ url: '/me', headers: { cookie: 'session=' } })
  assert.equal(typeOf(empty), '/problems/sign-in-required')
})
