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

test('a token names its secret and its account, lasts an hour, and says nothing else of the person', () => {
  const [header, { exp, iat, ...others }] = decoded(ana.token)
  assert.deepEqual(header, { alg: 'HS256', kid: keyId(SECRET), typ: 'JWT' })
  assert.equal(exp - iat, 3600)
  assert.deepEqual(Object.keys(others).sort(), ['jti', 'nbf', 'sub'])
})

for (const [what, tokens] of Object.entries({
  'an unsigned token': ['none', 'None', 'nOnE', ''].map(
    (alg) => `${encoded({ alg, kid: keyId(SECRET) })}.${encoded(claims())}.`,
  ),
  'a token signed by another algorithm with our secret': [forged(claims(), { hash: 'sha512', alg: 'HS512' })],
  'a token of an unknown secret': [
    forged(claims(), { kid: 'nope', secret: '\0' }),
    forged(claims(), { kid: '', secret: '\0' }),
    forged(claims(), { kid: keyId(SECRET), secret: 'another secret of 32 bytes or more' }),
  ],
  'a token that we signed for no account of ours': ['', 'nobody', [], {}, null].map((sub) => forged(claims({ sub }))),
  'a token without one of its claims': ['exp', 'nbf', 'sub', 'iat', 'jti'].map((claim) =>
    forged(claims({ [claim]: undefined })),
  ),
  'a token with critical extensions, of which we know none,': [['exp'], [], 'b64', null].map((crit) =>
    forged(claims(), { crit }),
  ),
  'a token of a clock ten minutes ahead': [
    forged(claims({ iat: now() + 600, nbf: now() + 600, exp: now() + 1200 })),
    forged(claims({ nbf: 2 ** 53 })),
  ],
})) {
  test(`${what} is refused`, async () => {
    for (const token of tokens) problemOf(await asks(token), 401)
  })
}

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

test('a token of ours is accepted from a machine whose clock is 10 s from ours, any token from one 2 s ahead', async (t) => {
  for (const seconds of [-10, 10]) {
    t.mock.timers.enable({ apis: ['Date'], now: Date.now() + seconds * 1000 })
    const { token } = api.tokens.sign({ id: ana.id, signedOutAtMs: 0 })
    t.mock.timers.reset()
    assert.equal((await asks(token)).statusCode, 200)
  }
  assert.equal((await asks(forged(claims({ iat: now() + 2, nbf: now() + 2 })))).statusCode, 200)
})

test('an expired token is refused in words that lead to signing in again', async () => {
  const { type, detail } = problemOf(await asks(forged(claims({ exp: now() - 6 }))), 401)
  assert.deepEqual([type, detail], ['/problems/session-expired', 'Your session has expired. Sign in again.'])
  assert.equal((await asks(forged(claims({ exp: now() - 2 })))).statusCode, 200)
})

test('a token of an erased account is refused, whatever it is used for', async () => {
  const zoe = await person('zoe')
  assert.equal((await zoe.gets('/me')).statusCode, 200)
  await sql('delete from users where id = $1', [zoe.id])
  await becomesTrue(async () => (await zoe.gets('/me')).statusCode === 401)
  problemOf(await zoe.posts('/jotc', { clouds: '00' }), 401)
  problemOf(await zoe.gets('/jotc'), 401)
})

test('a token in the query string is nothing', async () => {
  const { type } = problemOf(await api.inject(`/jotc?token=${ana.token}`), 401)
  assert.equal(type, '/problems/sign-in-required')
})

test('a token of more than 4 kB, or another scheme, is refused', async () => {
  for (const authorization of [`Bearer ${'x'.repeat(4097)}`, `Basic ${ana.token}`, 'Bearer']) {
    const { type } = problemOf(await api.inject({ url: '/me', headers: { authorization } }), 401)
    assert.equal(type, '/problems/invalid-token')
  }
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
