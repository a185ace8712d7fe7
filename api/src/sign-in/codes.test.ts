import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { logOf } from '@jotc/testing/log'
import {
  askForCode,
  detailsOf,
  problemOf,
  SECRET,
  sendCode,
  signInByCode,
  systemByCode,
  wrongFields,
} from '@jotc/testing/system'

const { api, mail, sql, databaseUrl } = await systemByCode({ after })

let people = 0
const somebody = () => detailsOf(`person${++people}`)
const wrong = (code: string) => (code === '000000' ? '000001' : '000000')
const accountsOf = (email: string) => sql('select * from users where email = $1', [email])
/** As if all mails to the address had been sent so much earlier. */
const pass = (email: string, interval: string) =>
  sql(
    'update codes set created_at = created_at - $2::interval, expires_at = expires_at - $2::interval where email = $1',
    [email, interval],
  )

test('signing in: the details, then the six digits of the mail; the account is there only after them', async () => {
  const details = somebody()
  const challenge = await askForCode(api, details)
  assert.deepEqual([challenge.resendAfter, challenge.checked], [30, true])
  const minutes = (Date.parse(challenge.expiresAt) - Date.now()) / 60_000
  assert.ok(minutes > 9 && minutes < 11, challenge.expiresAt)
  assert.deepEqual(await accountsOf(details.email), [])

  const answer = await sendCode(api, challenge.challengeId, mail.codeFor(details.email))
  const { token, user } = answer.json()
  assert.equal(answer.statusCode, 200)
  assert.match(token, /^[\w-]+\.[\w-]+\.[\w-]+$/)
  assert.equal(user.email, details.email)
  const [row] = await accountsOf(details.email)
  assert.ok(row.email_verified_at)
})

test('the mail says the code as text and as HTML, and nothing that the visitor typed', async () => {
  const details = { ...somebody(), firstName: 'Buy', lastName: 'Pills now' }
  await askForCode(api, details)
  const source = mail.received.at(-1)?.source ?? ''
  for (const part of [
    'text/plain',
    'text/html',
    'Auto-Submitted: auto-generated',
    'From: Clouds <clouds@example.org>',
  ]) {
    assert.ok(source.includes(part), part)
  }
  assert.equal(source.split(mail.codeFor(details.email)).length - 1, 2)
  assert.doesNotMatch(source, /Pills/)
})

test('a code with white space in it is the code; other texts are no guess', async () => {
  const details = somebody()
  const { challengeId } = await askForCode(api, details)
  const code = mail.codeFor(details.email)
  for (const text of ['', '12345', '1234567', 'abcdef', '１２３４５６']) {
    assert.deepEqual(wrongFields(await sendCode(api, challengeId, text)), ['code'])
  }
  assert.equal((await sendCode(api, challengeId, ` ${code.slice(0, 3)} ${code.slice(3)}\n`)).statusCode, 200)
})

test('a wrong code says how many tries are left; after the fifth the right one does not help either', async () => {
  const details = somebody()
  const { challengeId } = await askForCode(api, details)
  const code = mail.codeFor(details.email)
  for (const left of [4, 3, 2, 1, 0]) {
    const problem = problemOf(await sendCode(api, challengeId, wrong(code)), 400)
    assert.equal(problem.triesLeft, left)
    assert.deepEqual(
      problem.errors?.map(({ field }) => field),
      ['code'],
    )
  }
  problemOf(await sendCode(api, challengeId, code), 410)
  assert.deepEqual(await accountsOf(details.email), [])
})

test('a hundred guesses at the same moment are five', async () => {
  const details = somebody()
  const { challengeId } = await askForCode(api, details)
  const guess = wrong(mail.codeFor(details.email))
  const answers = await Promise.all(Array.from({ length: 100 }, () => sendCode(api, challengeId, guess)))
  const count = (status: number) => answers.filter((answer) => answer.statusCode === status).length
  assert.deepEqual([count(400), count(410)], [5, 95])
})

test('a code signs in once, also when it comes several times at the same moment', async () => {
  const details = somebody()
  const { challengeId } = await askForCode(api, details)
  const code = mail.codeFor(details.email)
  const answers = await Promise.all(Array.from({ length: 5 }, () => sendCode(api, challengeId, code)))
  assert.deepEqual(answers.map((answer) => answer.statusCode).sort(), [200, 410, 410, 410, 410])
})

test('a challenge that is unknown, too old or used is refused in the same words', async () => {
  const [old, used] = [somebody(), somebody()]
  const ofOld = await askForCode(api, old)
  await pass(old.email, '10 minutes')
  const ofUsed = await askForCode(api, used)
  await sendCode(api, ofUsed.challengeId, mail.codeFor(used.email))
  const answers = [
    await sendCode(api, ofOld.challengeId, mail.codeFor(old.email)),
    await sendCode(api, ofUsed.challengeId, mail.codeFor(used.email)),
    await sendCode(api, '019b2c1e-6a3f-7c55-8a52-0f2d4c1b9e77', '123456'),
  ]
  assert.equal(new Set(answers.map((answer) => problemOf(answer, 410).detail)).size, 1)
})

test('asked again within 30 s no second mail is sent, and the code of the first one signs in', async () => {
  const details = somebody()
  await askForCode(api, details)
  const again = await askForCode(api, details)
  assert.equal(mail.countFor(details.email), 1)
  assert.ok(again.resendAfter > 0 && again.resendAfter <= 30)
  assert.equal((await sendCode(api, again.challengeId, mail.codeFor(details.email))).statusCode, 200)
})

test('asked again after 30 s a new code is mailed', async () => {
  const details = somebody()
  await askForCode(api, details)
  await pass(details.email, '30 seconds')
  const { challengeId } = await askForCode(api, details)
  assert.equal(mail.countFor(details.email), 2)
  assert.equal((await sendCode(api, challengeId, mail.codeFor(details.email))).statusCode, 200)
})

test('an address gets five mails an hour; then the newest code serves while it lives, then one has to wait', async () => {
  const details = somebody()
  for (let sent = 1; sent <= 5; sent++) {
    await askForCode(api, details)
    await pass(details.email, '1 minute')
  }
  const { challengeId, resendAfter } = await askForCode(api, details)
  assert.equal(mail.countFor(details.email), 5)
  assert.equal(Math.ceil(resendAfter / 60), 55)
  assert.equal((await sendCode(api, challengeId, mail.codeFor(details.email))).statusCode, 200)

  const refused = await api.inject({ method: 'POST', url: '/login', payload: details })
  problemOf(refused, 429)
  assert.equal(Math.ceil(Number(refused.headers['retry-after']) / 60), 55)
  await pass(details.email, '55 minutes')
  await askForCode(api, details)
  assert.equal(mail.countFor(details.email), 6)
})

test('a thousand first sign-ins of one address at once get one mail, and make one account', async () => {
  const details = somebody()
  const ask = () => api.inject({ method: 'POST', url: '/login', payload: details })
  const all = await Promise.all(Array.from({ length: 1000 }, ask))
  // On a machine that cannot carry so many some are asked to come again; none is failed.
  assert.deepEqual(
    all.filter(({ statusCode }) => ![202, 503].includes(statusCode)),
    [],
  )
  assert.equal(mail.countFor(details.email), 1)
  const { challengeId } = all.findLast(({ statusCode }) => statusCode === 202)?.json() ?? {}
  assert.equal((await sendCode(api, challengeId, mail.codeFor(details.email))).statusCode, 200)
  assert.equal((await accountsOf(details.email)).length, 1)
})

test('the answer is the same whether an address has an account or not, with whatever details', async () => {
  const known = somebody()
  await signInByCode(api, mail, known)
  await pass(known.email, '30 seconds')
  const shape = async (details: typeof known) => {
    const { challengeId, expiresAt, ...rest } = await askForCode(api, details)
    return [typeof challengeId, typeof expiresAt, rest]
  }
  assert.deepEqual(await shape({ ...known, lastName: 'Other' }), await shape(somebody()))
})

test('who proves a known address with other details keeps the account, which takes the new details', async () => {
  const details = somebody()
  const first = await signInByCode(api, mail, details)
  await first.solves('000')
  await pass(details.email, '30 seconds')
  const { challengeId } = await askForCode(api, { ...details, lastName: 'Married' })
  assert.equal((await first.gets('/me')).json().lastName, 'Okafor')
  const { user } = (await sendCode(api, challengeId, mail.codeFor(details.email))).json()
  assert.deepEqual([user.id, user.lastName], [first.id, 'Married'])
  assert.equal((await first.gets('/me')).json().lastName, 'Married')
})

test('a sign-in that changes nothing of the account leaves it in the memory of every worker', async () => {
  const details = somebody()
  const { id } = await signInByCode(api, mail, details)
  await pass(details.email, '30 seconds')
  await signInByCode(api, mail, details)
  const outdated = () => sql('select from revocations where id = $1', [id])
  assert.equal((await outdated()).length, 0)
  await pass(details.email, '30 seconds')
  await signInByCode(api, mail, { ...details, lastName: 'Married' })
  assert.equal((await outdated()).length, 1)
})

test('a stranger who asks for an address neither learns its code nor ends what its owner waits for', async () => {
  const details = somebody()
  const own = await askForCode(api, details)
  const code = mail.codeFor(details.email)
  await pass(details.email, '30 seconds')
  const strangers = await askForCode(api, { ...details, firstName: 'Mallory' })
  for (let guess = 0; guess < 5; guess++) {
    await sendCode(api, strangers.challengeId, wrong(mail.codeFor(details.email)))
  }
  const { user } = (await sendCode(api, own.challengeId, code)).json()
  assert.equal(user.firstName, details.firstName)
})

test('a mail that cannot be sent is a 503 that blames the mail; it does not count, and the next one comes', async () => {
  const details = somebody()
  mail.answerWith(550)
  const answer = await api.inject({ method: 'POST', url: '/login', payload: details })
  mail.answerWith(250)
  assert.match(problemOf(answer, 503).detail ?? '', /^We could not send your code\. The problem is not your address/)
  assert.ok(Number(answer.headers['retry-after']) > 0)
  const { challengeId } = await askForCode(api, details)
  assert.equal((await sendCode(api, challengeId, mail.codeFor(details.email))).statusCode, 200)
})

test('a mail server that is away is a 503 too', async (t) => {
  const away = await systemByCode(t)
  await away.mail.close()
  problemOf(await away.api.inject({ method: 'POST', url: '/login', payload: somebody() }), 503)
})

test('the code is in the database neither as itself nor as a hash that can be guessed without the secret', async () => {
  const details = somebody()
  await askForCode(api, details)
  const code = mail.codeFor(details.email)
  const { createHash } = await import('node:crypto')
  const rows = await sql('select id, hash from codes where email = $1', [details.email])
  const stored = rows[0].hash.toString('hex')
  for (const text of [code, `${rows[0].id}:${code}`]) {
    assert.notEqual(stored, createHash('sha256').update(text).digest('hex'))
  }
})

test('a code that is on its way survives a change of secrets while the old one is kept', async (t) => {
  const details = somebody()
  const { challengeId } = await askForCode(api, details)
  const newer = 'a newer secret of tests, 32 bytes or more'
  const rotated = await systemByCode(t, { DATABASE_URL: databaseUrl, JWT_SECRETS: [newer, SECRET] })
  assert.equal((await sendCode(rotated.api, challengeId, mail.codeFor(details.email))).statusCode, 200)
})

test('ADMIN_EMAILS makes an administrator of who proves the address, and of nobody before', async (t) => {
  const fresh = await systemByCode(t, { APP_ENV: 'production', ADMIN_EMAILS: ['Chief@Example.org'] })
  await askForCode(fresh.api, detailsOf('chief'))
  assert.deepEqual(await fresh.sql('select * from users'), [])
  const first = await fresh.person('first')
  const chief = await fresh.person('chief')
  assert.equal((await first.gets('/me')).json().role, 'user')
  assert.equal((await chief.gets('/me')).json().role, 'admin')
})

test('an administrator by ADMIN_EMAILS leaves one audit line', async (t) => {
  const older = await systemByCode(t, { APP_ENV: 'production' })
  const { id } = await older.person('chief')
  await older.sql("update codes set created_at = created_at - interval '1 hour'")
  const { databaseUrl: DATABASE_URL } = older
  const fresh = await systemByCode(t, { APP_ENV: 'production', ADMIN_EMAILS: ['chief@example.org'], DATABASE_URL })
  const { lines } = logOf(fresh.api)
  const audits = () => lines.flatMap(({ audit, by, whom, from, to }) => (audit ? [[audit, by, whom, from, to]] : []))
  await fresh.person('chief')
  assert.deepEqual(audits(), [['role changed', id, id, 'user', 'admin']])
})

test('in development the first who proves an address becomes the administrator', async (t) => {
  const fresh = await systemByCode(t, { APP_ENV: 'development', LOG_LEVEL: 'silent' })
  const [first, second] = [await fresh.person('first'), await fresh.person('second')]
  assert.equal((await first.gets('/me')).json().role, 'admin')
  assert.equal((await second.gets('/me')).json().role, 'user')
})

test('sign-ins that are over are swept; the mails of the last hour still count', async () => {
  const [late, old] = [somebody(), somebody()]
  for (const details of [late, old]) await askForCode(api, details)
  await pass(late.email, '11 minutes')
  await pass(old.email, '61 minutes')
  await api.sweeper.sweep()
  const codes = await sql('select email from codes where email = any($1)', [[late.email, old.email]])
  assert.deepEqual(codes, [{ email: late.email }])
  const waiting = await sql('select from challenges join codes on codes.id = code_id where email = $1', [late.email])
  assert.equal(waiting.length, 0)
})
