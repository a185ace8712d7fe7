import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import {
  type Answer,
  assertStatus,
  detailsOf,
  jsonOf,
  problemOf,
  sendCode,
  system,
  systemByCode,
  verification,
} from '@jotc/testing/service/system'
import { parseSetCookie } from 'cookie'

const { emailable, settings: verified } = await verification({ after })
const { api, mail, sql, person, databaseUrl } = await systemByCode({ after })

type Api = typeof api
const HOME = '192.0.2.1'
let networks = 0
const elsewhere = () => `198.51.${++networks >> 8}.${networks & 255}`
const wrong = (code: string) => (code.startsWith('0') ? '1' : '0') + code.slice(1)
const asks = (email: string, remoteAddress: string, cookie = '', on: Api = api) =>
  on.inject({ method: 'POST', url: '/login', payload: { email }, remoteAddress, headers: cookie ? { cookie } : {} })
/** As if everything had been asked for so much earlier. */
const pass = async (interval: string, database = sql) => {
  await database('update mails set created_at = created_at - $1::interval', [interval])
  await database('update challenges set created_at = created_at - $1::interval', [interval])
}
/** A browser at home that sends the code of its email; gives the device that it is known by from then on. */
async function ownerSignsIn(name: string, cookie = ''): Promise<string> {
  const { email } = detailsOf(name)
  const { challengeId } = jsonOf(await asks(email, HOME, cookie), 202)
  const payload = { challengeId, code: mail.codeFor(email) }
  const headers = { 'sec-fetch-site': 'same-origin' }
  const answer = await api.inject({ method: 'POST', url: '/login/code?session=cookie', payload, headers })
  assertStatus(answer, 200)
  const cookies = [answer.headers['set-cookie'] ?? []].flat().map((text) => parseSetCookie(text))
  const device = cookies.find(({ name }) => name === 'device')
  assert.ok(device)
  return `device=${device.value}`
}

test('five requests and all guesses of a stranger keep nobody out: the owner gets an email and signs in', async () => {
  await person('ana')
  await pass('1 minute')
  const { email } = detailsOf('ana')
  for (let round = 0; round < 2; round++) {
    const strangers = elsewhere()
    for (let asked = 0; asked < 6; asked++) {
      const { challengeId } = (await asks(email, strangers)).json()
      if (challengeId) for (let n = 0; n < 5; n++) await sendCode(api, challengeId, wrong(mail.codeFor(email)))
      await pass('31 seconds')
    }
    assert.equal((await asks(email, strangers)).statusCode, 429)
    await ownerSignsIn('ana')
    await pass('31 seconds')
  }
})

test('strangers everywhere who use up the twenty emails of an address do not reach a device that is known', async () => {
  await person('ben')
  await pass('1 minute')
  const device = await ownerSignsIn('ben')
  await pass('31 seconds')
  const { email } = detailsOf('ben')
  const before = mail.countFor(email)
  const statuses: number[] = []
  for (let n = 0; n < 30; n++) statuses.push((await asks(email, elsewhere())).statusCode)
  assert.ok(mail.countFor(email) - before <= 20)
  assert.equal(statuses.at(-1), 429)
  assert.equal((await asks(email, HOME)).statusCode, 429)
  await ownerSignsIn('ben', device)
})

test('the device of somebody else, or one that nobody signed, is a stranger’s', async () => {
  for (const name of ['cleo', 'dan']) await person(name)
  await pass('1 minute')
  const device = await ownerSignsIn('cleo')
  const { email } = detailsOf('dan')
  for (let n = 0; n < 20; n++) await asks(email, elsewhere())
  for (const cookie of [device, `${device.slice(0, -1)}${device.endsWith('A') ? 'B' : 'A'}`, 'device=x.y']) {
    assert.equal((await asks(email, HOME, cookie)).statusCode, 429)
  }
})

test('twenty requests at the same moment are one email, for a client that is known as for any other', async () => {
  await person('eve')
  await pass('1 minute')
  const device = await ownerSignsIn('eve')
  const { email } = detailsOf('eve')
  for (const cookie of ['', device]) {
    await pass('31 seconds')
    const before = mail.countFor(email)
    const answers = await Promise.all(Array.from({ length: 20 }, () => asks(email, HOME, cookie)))
    assert.equal(new Set(answers.map((answer) => answer.json().challengeId)).size, 1)
    assert.equal(mail.countFor(email) - before, 1)
  }
})

test('after a hundred wrong guesses codes have twelve digits and the owner is told once, until the next sign-in', async () => {
  await person('finn')
  await pass('1 hour')
  const { email } = detailsOf('finn')
  const ask = async () => (await asks(email, elsewhere())).json()
  const told = () =>
    mail.received.filter(({ to, source }) => to === email && /tried 100 wrong codes/.test(source)).length
  for (let round = 0; round < 20; round++) {
    const { challengeId, digits } = await ask()
    assert.equal(digits, 6)
    const guess = wrong(mail.codeFor(email))
    await Promise.all(Array.from({ length: 5 }, () => sendCode(api, challengeId, guess)))
    await pass('10 minutes')
  }
  const long = await ask()
  const code = mail.codeFor(email)
  assert.deepEqual([long.digits, code.length], [12, 12])
  problemOf(await sendCode(api, long.challengeId, code.slice(0, 6)), 400)
  assert.equal((await sendCode(api, long.challengeId, `${code.slice(0, 6)} ${code.slice(6)}`)).statusCode, 200)
  assert.equal(told(), 1)
  await pass('10 minutes')
  assert.equal((await ask()).digits, 6)
})

test('guesses at an address without an account are counted for a day, and nobody is told', async () => {
  await pass('1 hour')
  const email = 'nobody@example.org'
  await sql("insert into wrong_guesses (email, guesses) values ($1, 99), ('finn@example.org', 99)", [email])
  const { challengeId } = (await asks(email, elsewhere())).json()
  await sendCode(api, challengeId, wrong(mail.codeFor(email)))
  await sql("update wrong_guesses set last_at = now() - interval '25 hours'")
  await api.sweeper.sweep()
  const left = await sql("select email from wrong_guesses where email = any('{nobody@example.org,finn@example.org}')")
  assert.deepEqual(left, [{ email: 'finn@example.org' }])
  assert.equal(mail.countFor(email), 1)
})

test('one client has sixty emails an hour for new addresses, without Redis and with several workers', async (t) => {
  const one = await systemByCode(t, { ...verified, DATABASE_URL: databaseUrl })
  const two = await systemByCode(t, { ...verified, DATABASE_URL: databaseUrl })
  await person('gus')
  await pass('1 hour')
  const questions = emailable.calls.length
  const answers: Answer[] = []
  for (let lot = 0; lot < 400; lot += 50) {
    const flood = Array.from({ length: 50 }, (_, n) => `flood${lot + n}@example.org`)
    answers.push(
      ...(await Promise.all(flood.map((email, n) => asks(email, '203.0.113.7', '', n % 2 ? one.api : two.api)))),
    )
  }
  const owner = await asks('gus@example.org', '203.0.113.7', '', one.api)
  const strangers = [one, two].flatMap(({ mail }) => mail.received).filter(({ to }) => to.startsWith('flood'))
  assert.equal(strangers.length, 60)
  assert.ok(emailable.calls.length - questions <= 61)
  // Whoever is not mailed cannot tell, and the owner of an address in the same network signs in.
  // On a machine that cannot carry so many some are asked to come again.
  const served = answers.filter((answer) => answer.json().type !== '/problems/overloaded')
  const shapes = [owner, ...served].map((answer) =>
    [answer.statusCode, Object.keys(answer.headers), Object.keys(answer.json()), answer.body.length].join(),
  )
  assert.deepEqual([...new Set(shapes)], [shapes[0]])
  const { challengeId } = owner.json()
  assert.equal((await sendCode(one.api, challengeId, one.mail.codeFor('gus@example.org'))).statusCode, 200)
  assert.match(await one.api.metrics.text(), /jotc_mails_total\{outcome="over-budget"\} [1-9]/)
})

test('who finds the budget used up is answered though somebody else is just taking from it', async (t) => {
  const fresh = await systemByCode(t, { MAILS_PER_HOUR: 1 })
  assert.equal((await asks('first@example.org', elsewhere(), '', fresh.api)).statusCode, 202)
  // Of the connection that holds it while it takes an email (BUDGET_LOCK).
  await fresh.sql('select pg_advisory_lock(4210002)')
  let isAnswered = false
  const refused = asks('second@example.org', elsewhere(), '', fresh.api).finally(() => {
    isAnswered = true
  })
  while (!isAnswered) {
    const waiting = await fresh.sql(`select pid from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock' and wait_event = 'advisory'`)
    assert.deepEqual(waiting, [])
  }
  assert.equal(problemOf(await refused, 503).type, '/problems/mail-unavailable')
})

test('from many networks new addresses use half of the budget; owners of accounts have the rest, and no more', async (t) => {
  const fresh = await systemByCode(t, { MAILS_PER_HOUR: 20 })
  const names = Array.from({ length: 12 }, (_, n) => `owner${n}`)
  for (const name of names) {
    await fresh.person(name)
    await pass('2 hours', fresh.sql)
  }
  fresh.mail.received.length = 0
  const flood = await Promise.all(
    Array.from({ length: 30 }, (_, n) => asks(`flood${n}@example.org`, elsewhere(), '', fresh.api)),
  )
  assert.deepEqual(new Set(flood.map(({ statusCode }) => statusCode)), new Set([202]))
  assert.equal(fresh.mail.received.length, 10)
  const owners = await Promise.all(names.map((name) => asks(`${name}@example.org`, elsewhere(), '', fresh.api)))
  assert.equal(fresh.mail.received.length, 20)
  const refused = owners.filter(({ statusCode }) => statusCode !== 202)
  assert.equal(refused.length, 2)
  for (const answer of refused) assert.equal(problemOf(answer, 503).type, '/problems/mail-unavailable')
  // Nobody is told apart there either.
  problemOf(await asks('new@example.org', elsewhere(), '', fresh.api), 503)
})

test('a sign-in that is not mailed is refused like one that is, when the mail server fails', async (t) => {
  const fresh = await systemByCode(t, { MAILS_PER_HOUR: 2 })
  fresh.mail.answerWith(550)
  problemOf(await asks('a@example.org', elsewhere(), '', fresh.api), 503)
  await fresh.sql("insert into mails (id, origin, has_account) values (uuidv7(), 'x', false)")
  problemOf(await asks('b@example.org', elsewhere(), '', fresh.api), 503)
  assert.deepEqual(await fresh.sql('select from challenges'), [])
})

test('in details mode a stranger’s wrong details are refused after a while; the owner’s right ones sign in', async (t) => {
  const { api } = await system(t, { RATE_LIMIT_LOGIN: 5 })
  const signsIn = async (lastName: string, remoteAddress: string) => {
    const payload = { ...detailsOf('ana'), lastName }
    return (await api.inject({ method: 'POST', url: '/login', payload, remoteAddress })).statusCode
  }
  assert.equal(await signsIn('Okafor', HOME), 200)
  const strangers = elsewhere()
  for (let n = 0; n < 5; n++) assert.equal(await signsIn('Wrong', strangers), 401)
  assert.equal(await signsIn('Wrong', strangers), 429)
  assert.equal(await signsIn('Okafor', HOME), 200)
})
