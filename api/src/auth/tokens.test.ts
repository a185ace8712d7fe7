import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { decodeJwt, decodeProtectedHeader, type JWTPayload, SignJWT } from 'jose'
import { problemOf, SECRET, system, withinASecond } from '../../test/system.ts'
import { keyId } from './tokens.ts'

const { api, person, holderOf, sql } = await system({ after })
const ana = await person('ana')
const ben = await person('ben')

const now = () => Math.floor(Date.now() / 1000)
const claims = (more: JWTPayload = {}): JWTPayload => ({
  sub: ana.id,
  jti: 'one',
  iat: now(),
  nbf: now(),
  exp: now() + 600,
  ...more,
})
const forged = (payload: JWTPayload, { secret = SECRET, kid = keyId(secret), alg = 'HS256' } = {}) =>
  new SignJWT(payload).setProtectedHeader({ alg, kid }).sign(new TextEncoder().encode(secret))
const asks = (token: string) => holderOf(token).gets('/me')

test('C070: a lifetime of one hour is 3600 seconds', () => {
  const { exp = 0, iat = 0 } = decodeJwt(ana.token)
  assert.equal(exp - iat, 3600)
})

test('a token names its secret and its account, and nothing else about the person', () => {
  assert.deepEqual(decodeProtectedHeader(ana.token), { alg: 'HS256', kid: keyId(SECRET), typ: 'JWT' })
  assert.deepEqual(Object.keys(decodeJwt(ana.token)).sort(), ['exp', 'iat', 'jti', 'nbf', 'sub'])
})

for (const alg of ['none', 'None', 'nOnE', '']) {
  test(`C071: an unsigned token of the algorithm “${alg}” is refused`, async () => {
    const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
    problemOf(await asks(`${part({ alg, kid: keyId(SECRET) })}.${part(claims())}.`), 401)
  })
}

test('a token signed by another algorithm with our secret is refused', async () => {
  problemOf(
    await asks(await forged(claims(), { secret: SECRET.padEnd(64, '!'), kid: keyId(SECRET), alg: 'HS512' })),
    401,
  )
})

test('C073: a token of an unknown secret is refused', async () => {
  problemOf(await asks(await forged(claims(), { kid: 'nope', secret: '\0' })), 401)
  problemOf(await asks(await forged(claims(), { kid: '', secret: '\0' })), 401)
  problemOf(
    await asks(await forged(claims(), { kid: keyId(SECRET), secret: 'another secret of 32 bytes or more' })),
    401,
  )
})

test('a token that we signed for no account of ours is refused', async () => {
  for (const sub of ['', 'nobody', [], {}, null])
    problemOf(await asks(await forged(claims({ sub } as JWTPayload))), 401)
})

test('C074: many requests of two people at once each get their own account', async () => {
  const asked = Array.from({ length: 200 }, (_, n) => (n % 2 ? ana : ben))
  const answers = await Promise.all(asked.map((who) => who.gets('/me')))
  assert.deepEqual(
    answers.map((answer) => answer.json().id),
    asked.map((who) => who.id),
  )
})

test('C076: a token of an older secret serves while that secret is kept', async (t) => {
  const newer = 'a newer secret of tests, 32 bytes or more'
  const rotated = await system(t, { JWT_SECRETS: [newer, SECRET] })
  const older = await rotated.person('zoe')
  assert.equal(decodeProtectedHeader(older.token).kid, keyId(newer))
  const token = await forged(claims({ sub: older.id }))
  assert.equal((await rotated.holderOf(token).gets('/me')).statusCode, 200)
  const dropped = await system(t, { JWT_SECRETS: [newer] })
  problemOf(await dropped.holderOf(token).gets('/me'), 401)
})

test('C077: a token of a clock two seconds ahead is accepted, of ten minutes ahead it is not', async () => {
  assert.equal((await asks(await forged(claims({ iat: now() + 2, nbf: now() + 2 })))).statusCode, 200)
  problemOf(await asks(await forged(claims({ iat: now() + 600, nbf: now() + 600, exp: now() + 1200 }))), 401)
})

for (const seconds of [-10, 10]) {
  test(`C187: a token of a machine whose clock is ${seconds} s from ours is accepted`, async (t) => {
    t.mock.timers.enable({ apis: ['Date'], now: Date.now() + seconds * 1000 })
    const { token } = api.tokens.sign(ana.id)
    t.mock.timers.reset()
    assert.equal((await asks(token)).statusCode, 200)
  })
}

test('C068: an expired token is refused in words that lead to signing in again', async () => {
  const problem = problemOf(await asks(await forged(claims({ exp: now() - 6 }))), 401)
  assert.match(problem.detail ?? '', /expired/)
  assert.equal((await asks(await forged(claims({ exp: now() - 2 })))).statusCode, 200)
})

for (const missing of ['exp', 'nbf', 'sub', 'iat', 'jti'] as const) {
  test(`a token without ${missing} is refused`, async () => {
    const { [missing]: _, ...rest } = claims()
    problemOf(await asks(await forged(rest)), 401)
  })
}

test('C079: a token of an erased account is refused, whatever it is used for', async () => {
  const zoe = await person('zoe')
  assert.equal((await zoe.gets('/me')).statusCode, 200)
  await sql('delete from users where id = $1', [zoe.id])
  assert.ok(await withinASecond(async () => (await zoe.gets('/me')).statusCode === 401))
  problemOf(await zoe.posts('/jotc', { clouds: '00' }), 401)
  problemOf(await zoe.gets('/jotc'), 401)
})

test('C080: a token in the query string is nothing', async () => {
  const answer = await api.inject(`/jotc?token=${ana.token}`)
  assert.equal(problemOf(answer, 401).detail, 'Sign in to do this.')
  assert.equal(answer.headers['www-authenticate'], 'Bearer')
})

test('a token of more than 4 kB, or another scheme, is refused', async () => {
  problemOf(await asks('x'.repeat(4097)), 401)
  problemOf(await api.inject({ url: '/me', headers: { authorization: `Basic ${ana.token}` } }), 401)
  problemOf(await api.inject({ url: '/me', headers: { authorization: 'Bearer' } }), 401)
})

test('a role that is changed in the database itself counts within a second, whatever the token', async () => {
  await sql("update users set role = 'admin' where id = $1", [ben.id])
  assert.ok(await withinASecond(async () => (await ben.gets('/me')).json().role === 'admin'))
})

test('C074: a token that was accepted before is refused once it has expired', async (t) => {
  const exp = now() + 60
  const token = await forged(claims({ exp }))
  assert.equal((await asks(token)).statusCode, 200)
  t.mock.timers.enable({ apis: ['Date'], now: (exp + 4) * 1000 })
  assert.equal((await asks(token)).statusCode, 200)
  t.mock.timers.setTime((exp + 6) * 1000)
  assert.match(problemOf(await asks(token), 401).detail ?? '', /expired/)
})
