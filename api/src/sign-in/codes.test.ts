import assert from 'node:assert/strict'
import { hash } from 'node:crypto'
import { after, test } from 'node:test'
import { logOf } from '@jotc/testing/service/log'
import {
  askForCode,
  detailsOf,
  jsonOf,
  problemOf,
  register,
  SECRET,
  sendCode,
  signInByCode,
  systemByCode,
  wrongFields,
} from '@jotc/testing/service/system'

const { api, mail, sql, databaseUrl } = await systemByCode({ after })

let people = 0
const somebody = () => detailsOf(`person${++people}`)
const wrong = (code: string) => (code.startsWith('0') ? '1' : '0') + code.slice(1)
const accountsOf = (email: string) => sql('select * from users where email = $1', [email])
/** As if all that was asked for at the address had been so much earlier. */
const pass = async (email: string, interval: string) => {
  const moved = 'created_at = created_at - $2::interval'
  const ofEmail = '(select id from challenges where email = $1)'
  await sql(`update mails set ${moved} where id in ${ofEmail}`, [email, interval])
  await sql(`update challenges set ${moved}, expires_at = expires_at - $2::interval where email = $1`, [
    email,
    interval,
  ])
}
/** Proves an address that has no account yet. */
const proves = async (email: string): Promise<string> => {
  const { challengeId } = await askForCode(api, email)
  return jsonOf(await sendCode(api, challengeId, mail.codeFor(email)), 202).registration
}

const minutesUntil = (time: string) => Math.round((Date.parse(time) - Date.now()) / 60_000)

test('a first visit: the address, the six digits of the email, then the details, which make the account', async () => {
  const details = somebody()
  const challenge = await askForCode(api, details.email)
  assert.deepEqual([challenge.digits, challenge.resendAfter, challenge.checked], [6, 30, true])
  assert.equal(minutesUntil(challenge.expiresAt), 10)

  const proven = jsonOf(await sendCode(api, challenge.challengeId, mail.codeFor(details.email)), 202)
  const { registration } = proven
  assert.match(registration, /^[\w-]{43}$/)
  assert.equal(proven.email, details.email)
  assert.equal(minutesUntil(proven.expiresAt), 30)
  assert.deepEqual(await accountsOf(details.email), [])
  // The database has the hash of it alone.
  const [stored] = await sql('select * from registrations where email = $1', [details.email])
  assert.deepEqual(stored.hash, hash('sha256', registration, 'buffer'))
  assert.equal(JSON.stringify(stored).includes(registration), false)

  const answer = await register(api, registration, details)
  const { token, user } = jsonOf(answer, 201)
  assert.equal(answer.headers.location, '/me')
  assert.match(token, /^[\w-]+\.[\w-]+\.[\w-]+$/)
  // The first account of all, outside production.
  assert.partialDeepStrictEqual(user, { ...details, role: 'admin' })
  const [row] = await accountsOf(details.email)
  assert.ok(row.email_verified_at)
})

test('a second visit: the address and the code, which signs in once, also when it comes several times at the same moment', async () => {
  const details = somebody()
  const { id } = await signInByCode(api, mail, details)
  await pass(details.email, '30 seconds')
  const { challengeId } = await askForCode(api, ` ${details.email.toUpperCase()}`)
  const code = mail.codeFor(details.email)
  const answers = await Promise.all(Array.from({ length: 5 }, () => sendCode(api, challengeId, code)))
  assert.deepEqual(answers.map((answer) => answer.statusCode).sort(), [200, 410, 410, 410, 410])
  assert.equal(answers.find(({ statusCode }) => statusCode === 200)?.json().user.id, id)
  assert.deepEqual(await sql('select from revocations where id = $1', [id]), [], 'workers keep what they know of it')
})

test('the address alone is asked for: details are refused before the mailbox is proven', async () => {
  const refused = await api.inject({ method: 'POST', url: '/login', payload: { ...somebody(), email: 'ana' } })
  assert.deepEqual(wrongFields(refused), ['email', 'firstName', 'lastName', 'birthDate'])
})

test('the email says the code as text and as HTML', async () => {
  const { email } = somebody()
  await askForCode(api, email)
  const source = mail.received.at(-1)?.source ?? ''
  const parts = ['text/plain', 'text/html', 'Auto-Submitted: auto-generated', 'From: Clouds <clouds@example.org>']
  for (const part of parts) assert.ok(source.includes(part), part)
  assert.equal(source.split(mail.codeFor(email)).length - 1, 2)
})

test('a code with white space in it is the code; other texts are no guess', async () => {
  const { email } = somebody()
  const { challengeId } = await askForCode(api, email)
  const code = mail.codeFor(email)
  for (const text of ['', '12345', '1234567', '12345678901', 'abcdef', '１２３４５６']) {
    assert.deepEqual(wrongFields(await sendCode(api, challengeId, text)), ['code'])
  }
  assert.equal((await sendCode(api, challengeId, ` ${code.slice(0, 3)} ${code.slice(3)}\n`)).statusCode, 202)
})

test('a wrong code says how many tries are left; after the fifth the right one does not help either', async () => {
  const { email } = somebody()
  const { challengeId } = await askForCode(api, email)
  const code = mail.codeFor(email)
  for (const left of [4, 3, 2, 1, 0]) {
    const problem = problemOf(await sendCode(api, challengeId, wrong(code)), 400)
    assert.deepEqual([problem.triesLeft, problem.errors?.[0]?.field], [left, 'code'])
  }
  problemOf(await sendCode(api, challengeId, code), 410)
})

test('a hundred guesses at the same moment are five', async () => {
  const { email } = somebody()
  const { challengeId } = await askForCode(api, email)
  const guess = wrong(mail.codeFor(email))
  const answers = await Promise.all(Array.from({ length: 100 }, () => sendCode(api, challengeId, guess)))
  const count = (status: number) => answers.filter((answer) => answer.statusCode === status).length
  assert.deepEqual([count(400), count(410)], [5, 95])
})

test('a challenge that is unknown, too old or used is refused in the same words, whatever the code', async () => {
  const [old, used] = [somebody(), somebody()]
  const ofOld = await askForCode(api, old.email)
  await pass(old.email, '10 minutes')
  const ofUsed = await askForCode(api, used.email)
  await sendCode(api, ofUsed.challengeId, mail.codeFor(used.email))
  const [codeOfOld, codeOfUsed] = [mail.codeFor(old.email), mail.codeFor(used.email)]
  const answers = [
    await sendCode(api, ofOld.challengeId, codeOfOld),
    await sendCode(api, ofOld.challengeId, wrong(codeOfOld)),
    await sendCode(api, ofUsed.challengeId, codeOfUsed),
    await sendCode(api, ofUsed.challengeId, wrong(codeOfUsed)),
    await sendCode(api, '019b2c1e-6a3f-7c55-8a52-0f2d4c1b9e77', '123456'),
  ]
  assert.equal(new Set(answers.map((answer) => problemOf(answer, 410).detail)).size, 1)
})

test('a registration makes one account, also when it comes several times at the same moment; wrong details do not use it up', async () => {
  const details = somebody()
  const registration = await proves(details.email)
  const young = { ...details, firstName: '', birthDate: '2020-01-01' }
  assert.deepEqual(wrongFields(await register(api, registration, young)), ['firstName', 'birthDate'])
  assert.deepEqual(wrongFields(await register(api, '', details)), ['registration'])
  const answers = await Promise.all(Array.from({ length: 5 }, () => register(api, registration, details)))
  assert.deepEqual(answers.map((answer) => answer.statusCode).sort(), [201, 410, 410, 410, 410])
  assert.equal(problemOf(await register(api, registration, details), 410).type, '/problems/registration-over')
})

test('a registration ends after 30 minutes; one that nobody was given is none', async () => {
  const details = somebody()
  const registration = await proves(details.email)
  await sql("update registrations set expires_at = expires_at - interval '30 minutes' where email = $1", [
    details.email,
  ])
  problemOf(await register(api, registration, details), 410)
  problemOf(await register(api, 'x'.repeat(43), details), 410)
  assert.deepEqual(await accountsOf(details.email), [])
})

test('an account that was made meanwhile is signed into, and keeps its details', async () => {
  const details = somebody()
  const first = await proves(details.email)
  await pass(details.email, '30 seconds')
  const second = await proves(details.email)
  const { user } = jsonOf(await register(api, first, details), 201)
  assert.equal(user.role, 'user')
  const again = jsonOf(await register(api, second, { ...details, lastName: 'Other' }), 201)
  assert.deepEqual(again.user, user)
})

test('where the least age is 13, whoever is 12 is refused in words that say so, and whoever is 13 gets an account', async (t) => {
  const fresh = await systemByCode(t, { MINIMUM_AGE: 13 })
  const { challengeId } = await askForCode(fresh.api, 'kim@example.org')
  const { registration } = (await sendCode(fresh.api, challengeId, fresh.mail.codeFor('kim@example.org'))).json()
  const registersAt = (years: number) => {
    const birthDate = Temporal.Now.plainDateISO('UTC').subtract({ years }).toString()
    return register(fresh.api, registration, { ...detailsOf('kim'), birthDate })
  }
  assert.match(problemOf(await registersAt(12), 400).errors?.[0]?.message ?? '', /13 or older/)
  assert.equal((await registersAt(13)).statusCode, 201)
})

test('asked again after 30 s a new code is mailed; both work, each for its own sign-in', async () => {
  const { email } = somebody()
  const first = await askForCode(api, email)
  const firstCode = mail.codeFor(email)
  await pass(email, '30 seconds')
  const second = await askForCode(api, email)
  const secondCode = mail.codeFor(email)
  assert.equal(mail.countFor(email), 2)
  if (firstCode !== secondCode) problemOf(await sendCode(api, first.challengeId, secondCode), 400)
  assert.equal((await sendCode(api, first.challengeId, firstCode)).statusCode, 202)
  assert.equal((await sendCode(api, second.challengeId, secondCode)).statusCode, 202)
})

test('a client gets five emails an hour to an address; then the newest code serves while it lives', async () => {
  const { email } = somebody()
  for (let sent = 1; sent <= 5; sent++) {
    await askForCode(api, email)
    await pass(email, '1 minute')
  }
  const { challengeId, resendAfter } = await askForCode(api, email)
  assert.equal(mail.countFor(email), 5)
  assert.equal(Math.ceil(resendAfter / 60), 55)
  assert.equal((await sendCode(api, challengeId, mail.codeFor(email))).statusCode, 202)

  const refused = await api.inject({ method: 'POST', url: '/login', payload: { email } })
  assert.equal(problemOf(refused, 429).type, '/problems/too-many-codes')
  assert.equal(Math.ceil(Number(refused.headers['retry-after']) / 60), 55)
  await pass(email, '55 minutes')
  await askForCode(api, email)
  assert.equal(mail.countFor(email), 6)
})

test('the answer is the same whether an address has an account or not', async () => {
  const known = somebody()
  await signInByCode(api, mail, known)
  await pass(known.email, '30 seconds')
  const seen = async (email: string) => {
    const answer = await api.inject({ method: 'POST', url: '/login', payload: { email } })
    const { challengeId, expiresAt, ...rest } = answer.json()
    return [answer.statusCode, Object.keys(answer.headers), answer.body.length, rest]
  }
  assert.deepEqual(await seen(known.email), await seen(`person${++people}@example.org`))
})

test('an email that cannot be sent is a 503 that blames the mail; it does not count, and the next one comes', async () => {
  const { email } = somebody()
  mail.answerWith(550)
  const answer = await api.inject({ method: 'POST', url: '/login', payload: { email } })
  mail.answerWith(250)
  assert.match(problemOf(answer, 503).detail ?? '', /^We could not send your code\. The problem is not your address/)
  const { challengeId } = await askForCode(api, email)
  assert.equal((await sendCode(api, challengeId, mail.codeFor(email))).statusCode, 202)
  const text = await api.metrics.text()
  assert.match(text, /jotc_mails_total\{outcome="failed"\} 1\b/)
  assert.match(text, /jotc_mails_total\{outcome="sent"\} [1-9]/)
})

test('the code is in the database neither as itself nor as a hash that can be guessed without the secret', async () => {
  const { email } = somebody()
  await askForCode(api, email)
  const code = mail.codeFor(email)
  const rows = await sql('select id, hash from challenges where email = $1', [email])
  const stored = rows[0].hash.toString('hex')
  for (const text of [code, `${rows[0].id}:${code}`]) assert.notEqual(stored, hash('sha256', text))
})

test('a code that is on its way survives a change of secrets while the old one is kept', async (t) => {
  const { email } = somebody()
  const { challengeId } = await askForCode(api, email)
  const newer = 'a newer secret of tests, 32 bytes or more'
  const rotated = await systemByCode(t, { DATABASE_URL: databaseUrl, JWT_SECRETS: [newer, SECRET] })
  assert.equal((await sendCode(rotated.api, challengeId, mail.codeFor(email))).statusCode, 202)
})

test('ADMIN_EMAILS makes an administrator of who proves the address, and of nobody before; an audit line says so', async (t) => {
  const fresh = await systemByCode(t, { APP_ENV: 'production', ADMIN_EMAILS: ['Chief@Example.org'] })
  const log = logOf(fresh.api)
  await askForCode(fresh.api, 'chief@example.org')
  assert.deepEqual(await fresh.sql('select * from users'), [])
  const first = await fresh.person('first')
  assert.equal((await first.gets('/me')).json().role, 'user')
  const { id } = await fresh.person('chief')
  await fresh.sql("update users set role = 'user'")
  await fresh.sql("update challenges set created_at = created_at - interval '1 hour'")
  const chief = await fresh.person('chief')
  assert.equal((await chief.gets('/me')).json().role, 'admin')
  const [made, promoted] = [undefined, 'user'].map((before) => ['role changed', id, id, before, 'admin'])
  assert.deepEqual(log.audits(), [made, promoted])
})

test('what is over is swept: sign-ins and emails after an hour, registrations after their end', async () => {
  const [late, old] = [somebody(), somebody()]
  const registration = await proves(late.email)
  await askForCode(api, old.email)
  await pass(old.email, '61 minutes')
  await sql("update registrations set expires_at = now() - interval '1 second' where email = $1", [late.email])
  await api.sweeper.sweep()
  const emails = [[late.email, old.email]]
  assert.deepEqual(await sql('select email from challenges where email = any($1)', emails), [{ email: late.email }])
  assert.deepEqual(await sql("select from mails where created_at < now() - interval '1 hour'"), [])
  assert.deepEqual(await sql('select from registrations where email = any($1)', emails), [])
  problemOf(await register(api, registration, late), 410)
})
