import assert from 'node:assert/strict'
import { createHmac, randomUUID } from 'node:crypto'
import { after, test } from 'node:test'
import { becomesTrue, problemOf, SECRET, system } from '@jotc/testing/service/system'
import { keyId } from './tokens.ts'

const { api, person, holderOf, sql } = await system({ after })
const ana = await person('ana')
const ben = await person('ben')

const now = () => Math.floor(Date.now() / 1000)
const claims = (more: object = {}) => ({
  sub: ana.id,
  jti: randomUUID(),
  iat: now(),
  nbf: now(),
  exp: now() + 600,
  ...more,
})
const encoded = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url')
const decoded = (token: string) =>
  token.split('.', 2).map((part) => JSON.parse(Buffer.from(part, 'base64url').toString()))
/** A token made by hand, as RFC 7515 has it. */
function forged(
  payload: object,
  { secret = SECRET, hash = 'sha256', ...more }: Record<string, unknown> & { secret?: string; hash?: string } = {},
): string {
  const text = `${encoded({ alg: 'HS256', kid: keyId(secret), ...more })}.${encoded(payload)}`
  return `${text}.${createHmac(hash, secret).update(text).digest('base64url')}`
}
const asks = (token: string) => holderOf(token).gets('/me')

test('a lifetime of one hour is 3600 seconds', () => {
  const [, { exp, iat }] = decoded(ana.token)
  assert.equal(exp - iat, 3600)
})

test('a token names its secret and its account, and nothing else about the person', () => {
  const [header, payload] = decoded(ana.token)
  assert.deepEqual(header, { alg: 'HS256', kid: keyId(SECRET), typ: 'JWT' })
  assert.deepEqual(Object.keys(payload).sort(), ['exp', 'iat', 'jti', 'nbf', 'sub'])
})

for (const alg of ['none', 'None', 'nOnE', '']) {
  test(`an unsigned token of the algorithm “${alg}” is refused`, async () => {
    problemOf(await asks(`${encoded({ alg, kid: keyId(SECRET) })}.${encoded(claims())}.`), 401)
  })
}

test('a token signed by another algorithm with our secret is refused', async () => {
  problemOf(await asks(forged(claims(), { hash: 'sha512', alg: 'HS512' })), 401)
})

test('a token of an unknown secret is refused', async () => {
  problemOf(await asks(forged(claims(), { kid: 'nope', secret: '\0' })), 401)
  problemOf(await asks(forged(claims(), { kid: '', secret: '\0' })), 401)
  problemOf(await asks(forged(claims(), { kid: keyId(SECRET), secret: 'another secret of 32 bytes or more' })), 401)
})

test('a token that we signed for no account of ours is refused', async () => {
  for (const sub of ['', 'nobody', [], {}, null]) problemOf(await asks(forged(claims({ sub }))), 401)
})

test('many requests of two people at once each get their own account', async () => {
  const asked = Array.from({ length: 200 }, (_, n) => (n % 2 ? ana : ben))
  const answers = await Promise.all(asked.map((who) => who.gets('/me')))
  assert.deepEqual(
    answers.map((answer) => answer.json().id),
    asked.map((who) => who.id),
  )
})

test('a token of an older secret serves while that secret is kept', async (t) => {
  const newer = 'a newer secret of tests, 32 bytes or more'
  const rotated = await system(t, { JWT_SECRETS: [newer, SECRET] })
  const older = await rotated.person('zoe')
  assert.equal(decoded(older.token)[0].kid, keyId(newer))
  const token = forged(claims({ sub: older.id }))
  assert.equal((await rotated.holderOf(token).gets('/me')).statusCode, 200)
  const dropped = await system(t, { JWT_SECRETS: [newer] })
  problemOf(await dropped.holderOf(token).gets('/me'), 401)
})

test('a secret may be any text, also the text of a public key', async (t) => {
  const { person } = await system(t, { JWT_SECRETS: ['-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA'] })
  assert.equal((await (await person('zoe')).gets('/me')).statusCode, 200)
})

test('a token with critical extensions is refused: we know none', async () => {
  for (const crit of [['exp'], [], 'b64', null]) problemOf(await asks(forged(claims(), { crit })), 401)
})

test('a token of a clock two seconds ahead is accepted, of ten minutes ahead it is not', async () => {
  assert.equal((await asks(forged(claims({ iat: now() + 2, nbf: now() + 2 })))).statusCode, 200)
  problemOf(await asks(forged(claims({ iat: now() + 600, nbf: now() + 600, exp: now() + 1200 }))), 401)
  problemOf(await asks(forged(claims({ nbf: 2 ** 53 }))), 401)
})

for (const seconds of [-10, 10]) {
  test(`a token of a machine whose clock is ${seconds} s from ours is accepted`, async (t) => {
    t.mock.timers.enable({ apis: ['Date'], now: Date.now() + seconds * 1000 })
    const { token } = api.tokens.sign({ id: ana.id, signedOutAtMs: 0 })
    t.mock.timers.reset()
    assert.equal((await asks(token)).statusCode, 200)
  })
}

test('an expired token is refused in words that lead to signing in again', async () => {
  const { type, detail } = problemOf(await asks(forged(claims({ exp: now() - 6 }))), 401)
  assert.deepEqual([type, detail], ['/problems/session-expired', 'Your session has expired. Sign in again.'])
  assert.equal((await asks(forged(claims({ exp: now() - 2 })))).statusCode, 200)
})

for (const missing of ['exp', 'nbf', 'sub', 'iat', 'jti'] as const) {
  test(`a token without ${missing} is refused`, async () => {
    const { [missing]: _, ...rest } = claims()
    problemOf(await asks(forged(rest)), 401)
  })
}

test('a token of an erased account is refused, whatever it is used for', async () => {
  const zoe = await person('zoe')
  assert.equal((await zoe.gets('/me')).statusCode, 200)
  await sql('delete from users where id = $1', [zoe.id])
  await becomesTrue(async () => (await zoe.gets('/me')).statusCode === 401)
  problemOf(await zoe.posts('/jotc', { clouds: '00' }), 401)
  problemOf(await zoe.gets('/jotc'), 401)
})

test('a token in the query string is nothing', async () => {
  const answer = await api.inject(`/jotc?token=${ana.token}`)
  assert.equal(problemOf(answer, 401).detail, 'Sign in to do this.')
  assert.equal(answer.headers['www-authenticate'], 'Bearer')
})

test('a token of more than 4 kB, or another scheme, is refused', async () => {
  for (const authorization of [`Bearer ${'x'.repeat(4097)}`, `Basic ${ana.token}`, 'Bearer']) {
    const { type } = problemOf(await api.inject({ url: '/me', headers: { authorization } }), 401)
    assert.equal(type, '/problems/invalid-token')
  }
})

test('a role that is changed in the database itself counts within a second, whatever the token', async () => {
  await sql("update users set role = 'admin' where id = $1", [ben.id])
  await becomesTrue(async () => (await ben.gets('/me')).json().role === 'admin')
})

test('a token that was accepted before is refused once it has expired', async (t) => {
  const exp = now() + 60
  const token = forged(claims({ exp }))
  assert.equal((await asks(token)).statusCode, 200)
  t.mock.timers.enable({ apis: ['Date'], now: (exp + 4) * 1000 })
  assert.equal((await asks(token)).statusCode, 200)
  t.mock.timers.setTime((exp + 6) * 1000)
  assert.match(problemOf(await asks(token), 401).detail ?? '', /expired/)
})
