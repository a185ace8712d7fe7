import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { NewPasskey, Passkey, PasskeySignIn } from '@jotc/core/api/passkeys'
import {
  type Answer,
  assertStatus,
  detailsOf,
  jsonOf,
  ORIGIN,
  type Person,
  problemOf,
  system,
  systemByCode,
  wrongFields,
} from '@jotc/testing/service/system'
import { Authenticator } from '@jotc/testing/stand-ins/authenticator'
import type { FastifyInstance } from 'fastify'

const { api, databaseUrl: DATABASE_URL, person, visitor, sql } = await system({ after }, { APP_URL: ORIGIN })

type Otherwise = Parameters<Authenticator['get']>[1]

const creationOptions = async (who: Person) => jsonOf(await who.posts('/me/passkeys/options', {}), 200)
const requestOptions = async (on: FastifyInstance = api) =>
  jsonOf(await on.inject({ method: 'POST', url: '/passkeys/options' }), 200)
const send = (who: Person, response: NewPasskey['response']) => who.posts('/me/passkeys', { response })
const add = async (who: Person, authenticator = new Authenticator(ORIGIN), otherwise: Otherwise = {}) =>
  await send(who, authenticator.create(await creationOptions(who), otherwise))
const signIn = (response: PasskeySignIn['response'], on: FastifyInstance = api, query = ''): Promise<Answer> =>
  on.inject({
    method: 'POST',
    url: `/passkeys/sign-in${query}`,
    payload: { response },
    headers: { 'sec-fetch-site': 'same-origin' },
  })
/** Signs in with the passkey of this authenticator. */
const use = async (authenticator: Authenticator, otherwise: Otherwise = {}, on: FastifyInstance = api) =>
  await signIn(authenticator.get(await requestOptions(on), otherwise), on)
const listed = async (who: Person): Promise<Passkey[]> => jsonOf(await who.gets('/me/passkeys'), 200).items
const statusesOf = (answers: Answer[]) => answers.map(({ statusCode }) => statusCode).sort()

/** Somebody with a passkey. */
async function withPasskey(name: string, otherwise: Otherwise = {}) {
  const who = await visitor(name)
  const authenticator = new Authenticator(ORIGIN)
  const passkey: Passkey = jsonOf(await add(who, authenticator, otherwise), 201)
  return { who, authenticator, passkey }
}

const refused = (answer: Answer) => assert.equal(problemOf(answer, 400).type, '/problems/passkey-refused')
const isOver = (answer: Answer) => assert.equal(problemOf(answer, 410).type, '/problems/passkey-challenge-over')

test('who has added a passkey signs in with it alone, by token or by cookie, as the same account', async () => {
  const { who, authenticator, passkey } = await withPasskey('ana')
  assert.equal(passkey.usedAt, null)
  const byToken = jsonOf(await use(authenticator), 200)
  assert.equal(byToken.user.id, who.id)
  assert.match(byToken.token, /^ey/)
  const byCookie = await signIn(authenticator.get(await requestOptions()), api, '?session=cookie')
  assertStatus(byCookie, 200)
  assert.equal(byCookie.json().token, undefined)
  const cookies = [byCookie.headers['set-cookie']].flat()
  assert.deepEqual(cookies.map((cookie) => /^\w+/.exec(String(cookie))?.[0]).sort(), ['device', 'session'])
  const [used] = await listed(who)
  assert.ok(used?.usedAt)
  assert.deepEqual({ ...used, usedAt: null }, passkey)
})

test('options name the account for the authenticator, and the passkeys that it has; those for a sign-in name none', async () => {
  const { who, authenticator } = await withPasskey('cleo')
  const options = await creationOptions(who)
  assert.deepEqual(options.rp, { id: 'localhost', name: 'Jumping On The Clouds' })
  assert.equal(options.user.name, 'cleo@example.org')
  assert.equal(Buffer.from(options.user.id, 'base64url').toString('hex'), who.id.replaceAll('-', ''))
  assert.deepEqual(options.excludeCredentials, [{ type: 'public-key', id: authenticator.id, transports: ['internal'] }])
  assert.deepEqual(options.authenticatorSelection, {
    residentKey: 'required',
    requireResidentKey: true,
    userVerification: 'preferred',
  })
  const { challenge, ...others } = await requestOptions()
  assert.match(challenge, /^[\w-]{43}$/)
  assert.deepEqual(others, { timeout: 600_000, rpId: 'localhost', userVerification: 'preferred' })
})

const wrong: [what: string, otherwise: NonNullable<Otherwise>][] = [
  ['on a page of another origin', { origin: 'https://evil.example.org' }],
  ['on another port', { origin: 'http://localhost:9999' }],
  ['for another host', { rpId: 'evil.example.org' }],
  ['for another ceremony', { type: 'payment.get' }],
  ['without a touch', { isPresent: false }],
]
for (const [index, [what, otherwise]] of wrong.entries()) {
  test(`a sign-in ${what} is refused, and a passkey that is made so is not added`, async () => {
    const { who, authenticator, passkey } = await withPasskey(`wrong-${index}`)
    refused(await add(who, new Authenticator(ORIGIN), otherwise))
    assert.deepEqual(await listed(who), [passkey])
    refused(await use(authenticator, otherwise))
    assertStatus(await use(authenticator), 200)
  })
}

test('a signature of another key, or over other data, is refused', async () => {
  const { who, authenticator } = await withPasskey('dora')
  const other = new Authenticator(ORIGIN, authenticator.id)
  other.create(await creationOptions(who))
  refused(await use(other))
  const response = authenticator.get(await requestOptions())
  const data = Buffer.from(response.response.authenticatorData, 'base64url')
  data.writeUInt32BE(1_000, 33)
  response.response.authenticatorData = data.toString('base64url')
  refused(await signIn(response))
})

test('a challenge counts once, also at the same moment, and where the rest was wrong', async () => {
  const { who, authenticator } = await withPasskey('edda')
  const response = authenticator.get(await requestOptions())
  const answers = await Promise.all(Array.from({ length: 10 }, () => signIn(response)))
  assert.deepEqual(statusesOf(answers), [200, ...Array(9).fill(410)])
  const options = await requestOptions()
  refused(await signIn(authenticator.get(options, { rpId: 'evil.example.org' })))
  isOver(await signIn(authenticator.get(options)))
  const created = new Authenticator(ORIGIN).create(await creationOptions(who))
  assertStatus(await send(who, created), 201)
  isOver(await send(who, created))
})

test('a challenge counts for ten minutes, and is then swept', async () => {
  const { who, authenticator } = await withPasskey('gina')
  const [creation, request] = [await creationOptions(who), await requestOptions()]
  await sql("update passkey_challenges set expires_at = expires_at - interval '10 minutes'")
  isOver(await send(who, new Authenticator(ORIGIN).create(creation)))
  isOver(await signIn(authenticator.get(request)))
  await requestOptions()
  await sql("update passkey_challenges set expires_at = expires_at - interval '10 minutes'")
  await api.sweeper.sweep()
  assert.deepEqual(await sql('select from passkey_challenges where expires_at < now()'), [])
})

test('a challenge that we did not make, or made for something or somebody else, counts for nothing', async () => {
  const { who, authenticator } = await withPasskey('hal')
  const other = await visitor('hal-2')
  isOver(await use(authenticator, { challenge: 'AAAA' }))
  isOver(await signIn(authenticator.get(await requestOptions(), (await creationOptions(who)) as { challenge: string })))
  isOver(await send(who, new Authenticator(ORIGIN).create(await creationOptions(other))))
})

test('a passkey that names another account, or none, signs in to neither', async () => {
  const [{ authenticator }, { who }] = [await withPasskey('ida'), await withPasskey('ida-2')]
  const { user } = await creationOptions(who)
  for (const userHandle of [user.id, 'AA']) refused(await use(authenticator, { userHandle }))
})

test('the passkey of somebody else cannot be added, and stays theirs', async () => {
  const [{ who: ivo, authenticator }, jo] = [await withPasskey('ivo'), await visitor('jo')]
  refused(await add(jo, new Authenticator(ORIGIN, authenticator.id)))
  assert.equal(jsonOf(await use(authenticator), 200).user.id, ivo.id)
  assert.deepEqual(await listed(jo), [])
})

test('a passkey whose counter does not go on may be a copy, and is refused, also at the same moment', async () => {
  const { who, authenticator } = await withPasskey('kay')
  const answerAt = async (counter: number) => authenticator.get(await requestOptions(), { counter })
  assertStatus(await signIn(await answerAt(0)), 200)
  const both = await Promise.all(Array.from({ length: 5 }, () => answerAt(7)))
  const answers = await Promise.all(both.map((answer) => signIn(answer)))
  assert.deepEqual(statusesOf(answers), [200, 400, 400, 400, 400])
  const [before] = await listed(who)
  for (const counter of [7, 6, 0]) refused(await signIn(await answerAt(counter)))
  assert.deepEqual(await listed(who), [before])
  assertStatus(await signIn(await answerAt(8)), 200)
})

test('a passkey that asked for a PIN when it was made must do so always; one that cannot need not', async () => {
  const { authenticator } = await withPasskey('max')
  refused(await use(authenticator, { verifiesUser: false }))
  const { authenticator: key } = await withPasskey('max-2', { verifiesUser: false })
  assertStatus(await use(key, { verifiesUser: false }), 200)
})

test('an unknown passkey, a removed one and one of an erased account are refused alike', async () => {
  const removed = await withPasskey('nora')
  const erased = await withPasskey('olaf')
  assert.equal((await removed.who.deletes(`/me/passkeys/${removed.passkey.id}`)).statusCode, 204)
  assert.deepEqual(await listed(removed.who), [])
  await creationOptions(erased.who)
  assert.equal((await erased.who.deletes('/me')).statusCode, 204)
  for (const table of ['passkeys', 'passkey_challenges']) {
    assert.deepEqual(await sql(`select from ${table} where user_id = $1`, [erased.who.id]), [])
  }
  const unknown = new Authenticator(ORIGIN)
  unknown.create(await creationOptions(removed.who))
  const bodies = await Promise.all(
    [unknown, removed.authenticator, erased.authenticator].map(async (each) => {
      const { requestId: _, ...problem } = problemOf(await use(each), 400)
      return problem
    }),
  )
  assert.deepEqual(bodies, Array(3).fill(bodies[0]))
})

test('one account has several passkeys, each with a name by the rule of names, and any signs in', async () => {
  const { who, authenticator, passkey } = await withPasskey('pia')
  assert.equal(passkey.name, 'lightMyRequest')
  const second = new Authenticator(ORIGIN)
  const response = second.create(await creationOptions(who))
  const added = await who.posts('/me/passkeys', { name: '  My   phone ', response })
  assert.equal(jsonOf(added, 201).name, 'My phone')
  for (const each of [authenticator, second]) assert.equal(jsonOf(await use(each), 200).user.id, who.id)
  assertStatus(await who.patches(`/me/passkeys/${passkey.id}`, { name: 'Old laptop' }), 200)
  const names = (await listed(who)).map(({ name }) => name)
  assert.deepEqual(names, ['My phone', 'Old laptop'])
})

test('nobody sees, renames or removes passkeys of others', async () => {
  const { who, passkey } = await withPasskey('quin')
  const other = await visitor('rosa')
  assert.deepEqual(await listed(other), [])
  for (const answer of [
    await other.patches(`/me/passkeys/${passkey.id}`, { name: 'mine' }),
    await other.deletes(`/me/passkeys/${passkey.id}`),
  ]) {
    assert.equal(problemOf(answer, 404).type, '/problems/passkey-not-found')
  }
  assert.deepEqual(await listed(who), [passkey])
})

test('an account has twenty passkeys at most, however many are added at once', async () => {
  const who = await visitor('sam')
  const created = await Promise.all(
    Array.from({ length: 23 }, async () => new Authenticator(ORIGIN).create(await creationOptions(who))),
  )
  const answers = await Promise.all(created.map((response) => send(who, response)))
  const others = answers.filter(({ statusCode }) => statusCode !== 201)
  assert.equal(others.length, 3)
  for (const answer of [...others, await who.posts('/me/passkeys/options', {})]) {
    assert.equal(problemOf(answer, 409).type, '/problems/too-many-passkeys')
  }
  assert.equal((await listed(who)).length, 20)
})

test('what is wrong with what was sent is named, and nonsense is refused', async () => {
  const { who, authenticator, passkey } = await withPasskey('tom')
  const response = new Authenticator(ORIGIN).create(await creationOptions(who))
  const adds = (body: object) => who.posts('/me/passkeys', body)
  assert.deepEqual(wrongFields(await adds({})), ['response'])
  assert.deepEqual(wrongFields(await adds({ name: '1', response: { ...response, id: 1 } })), ['name', 'response'])
  assert.deepEqual(wrongFields(await adds({ name: 'a'.repeat(51), response })), ['name'])
  assert.deepEqual(wrongFields(await who.patches(`/me/passkeys/${passkey.id}`, { name: ' ', id: 1 })), ['name', 'id'])
  refused(await send(who, { ...response, response: { ...response.response, attestationObject: 'AAAA' } }))
  assert.deepEqual(wrongFields(await signIn({} as PasskeySignIn['response'])), ['response'])
  const signed = authenticator.get(await requestOptions())
  for (const text of ['\0\0\0', 'null', '{}']) {
    const clientDataJSON = Buffer.from(text).toString('base64url')
    const answer = await signIn({ ...signed, response: { ...signed.response, clientDataJSON } })
    assert.ok([400, 410].includes(answer.statusCode), answer.body)
  }
  refused(await signIn({ ...signed, rawId: 'AAAA' }))
})

test('a passkey that is added on one worker signs in on every other', async (t) => {
  const other = await system(t, { DATABASE_URL, APP_URL: ORIGIN })
  const { who, authenticator, passkey } = await withPasskey('uma')
  const response = authenticator.get(await requestOptions(other.api))
  assert.equal(jsonOf(await signIn(response), 200).user.id, who.id)
  await who.deletes(`/me/passkeys/${passkey.id}`)
  refused(await use(authenticator, {}, other.api))
})

test('without APP_URL a passkey is for the host and protocol that a request names', async (t) => {
  const { person } = await system(t, { TRUST_PROXY: ['127.0.0.1'] })
  const vera = await person('vera')
  const headers = { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'clouds.example.org:8443' }
  const optionsOf = async () => jsonOf(await vera.posts('/me/passkeys/options', {}, headers), 200)
  const options = await optionsOf()
  assert.equal(options.rp.id, 'clouds.example.org')
  const response = new Authenticator('https://clouds.example.org:8443').create(options)
  assertStatus(await vera.posts('/me/passkeys', { response }, headers), 201)
  refused(await vera.posts('/me/passkeys', { response: new Authenticator(ORIGIN).create(await optionsOf()) }, headers))
})

test('who has asked for too many codes still signs in by passkey, without a mail, and up to a limit of its own', async (t) => {
  const { api, mail, person } = await systemByCode(t, { RATE_LIMIT_LOGIN: 1, APP_URL: ORIGIN })
  const will = await person('will')
  const authenticator = new Authenticator(ORIGIN)
  const told = mail.next(detailsOf('will').email)
  assertStatus(await add(will, authenticator), 201)
  await told
  const mails = mail.received.length
  const logins = Array.from({ length: 11 }, () => api.inject({ method: 'POST', url: '/login', payload: {} }))
  assert.ok((await Promise.all(logins)).some(({ statusCode }) => statusCode === 429))
  assert.equal((await use(authenticator, {}, api)).json().user.id, will.id)
  assert.equal(mail.received.length, mails)
  const more = await Promise.all(Array.from({ length: 9 }, () => signIn({} as PasskeySignIn['response'], api)))
  const over = more.filter(({ statusCode }) => statusCode !== 400)
  assert.equal(over.length, 1)
  for (const answer of over) assert.equal(problemOf(answer, 429).type, '/problems/too-many-sign-ins')
})

test('the owner is told by mail of each passkey that is added, and one is added also where no mail can be sent', async (t) => {
  const { mail, person } = await systemByCode(t, { APP_URL: ORIGIN })
  const yara = await person('yara')
  const told = mail.next(detailsOf('yara').email)
  assertStatus(await add(yara), 201)
  assert.match(await told, /^Subject: A passkey was added to your account\r$/m)
  mail.answerWith(554)
  assertStatus(await add(yara), 201)
  assert.equal((await listed(yara)).length, 2)
  mail.answerWith(250)
  // An address that nobody has proven may be a stranger's.
  const { who: zoe } = await withPasskey('zoe')
  const settings = { DATABASE_URL, MAIL_URL: mail.url, MAIL_FROM: 'clouds@example.org', APP_URL: ORIGIN }
  assertStatus(await add(zoe.on(await system(t, settings))), 201)
  const last = mail.next(detailsOf('yara').email)
  assertStatus(await add(yara), 201)
  await last
  assert(!mail.received.some(({ to }) => to === detailsOf('zoe').email))
})

test('what somebody holds of an account ends when the owner of its address proves it', async (t) => {
  const { who: stranger, authenticator } = await withPasskey('xena')
  const byToken = await person('xena')
  const script = { name: 'script', scope: 'read', expiresInDays: 1 }
  const { token } = jsonOf(await stranger.posts('/me/tokens', script), 201)
  const inCodeMode = await systemByCode(t, { DATABASE_URL, APP_URL: ORIGIN })
  const owner = await inCodeMode.person('xena')
  assert.equal(owner.id, stranger.id)
  refused(await use(authenticator, {}, inCodeMode.api))
  for (const each of [stranger, byToken, inCodeMode.holderOf(token)]) {
    problemOf(await each.on(inCodeMode).gets('/me'), 401)
  }
  assertStatus(await owner.gets('/me'), 200)
})
