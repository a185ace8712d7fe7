import assert from 'node:assert/strict'
import { hash } from 'node:crypto'
import { after, test } from 'node:test'
import { type Answer, detailsOf, problemOf, system } from '@jotc/testing/system'
import { parseSetCookie } from 'cookie'

const { api, sql } = await system({ after }, { TRUST_PROXY: ['127.0.0.1'] })

const SAME_ORIGIN = { 'sec-fetch-site': 'same-origin' }
const signIn = (name: string, headers: Record<string, string> = SAME_ORIGIN, on = api): Promise<Answer> =>
  on.inject({ method: 'POST', url: '/login?session=cookie', payload: detailsOf(name), headers })

function cookieOf(answer: Answer) {
  assert.equal(answer.statusCode, 200, answer.body)
  return parseSetCookie(String(answer.headers['set-cookie']))
}

test('who signs in by cookie gets one that no script can read and no other site can send, and no token', async () => {
  const answer = await signIn('ana')
  const { value = '', ...attributes } = cookieOf(answer)
  assert.deepEqual(attributes, { name: 'session', maxAge: 2_592_000, path: '/', httpOnly: true, sameSite: 'strict' })
  assert.match(value, /^[\w-]{43}$/)
  const { token, expiresAt, user } = answer.json()
  assert.equal(token, undefined)
  assert.equal(user.email, 'ana@example.org')
  assert.equal('signedOutAtMs' in user, false)
  assert.ok(Math.abs(Date.parse(expiresAt) - Date.now() - 43_200_000) < 60_000)
})

test('by HTTPS the cookie is for HTTPS alone, and for this host alone', async () => {
  const { value: _, ...attributes } = cookieOf(await signIn('ana', { ...SAME_ORIGIN, 'x-forwarded-proto': 'https' }))
  assert.deepEqual(attributes, {
    name: '__Host-session',
    maxAge: 2_592_000,
    path: '/',
    httpOnly: true,
    sameSite: 'strict',
    secure: true,
  })
})

test('the database has the hash of a secret, never the secret', async () => {
  const { value = '' } = cookieOf(await signIn('hugo'))
  const [row] = await sql('select * from sessions where hash = $1', [hash('sha256', value, 'buffer')])
  assert.ok(row)
  assert.equal(JSON.stringify(row).includes(value), false)
})

for (const [page, headers, isOwn] of [
  ['of the same origin', { 'sec-fetch-site': 'same-origin' }, true],
  ['of another site', { 'sec-fetch-site': 'cross-site' }, false],
  ['of another port or sub-domain', { 'sec-fetch-site': 'same-site', origin: 'http://localhost:4000' }, false],
  [
    'of the same origin, in a browser that names only the origin',
    { host: 'localhost:8000', origin: 'http://localhost:8000' },
    true,
  ],
  ['of another origin, in a browser that names only the origin', { origin: 'https://evil.example.org' }, false],
  ['without an origin', { host: 'localhost:8000', origin: 'null' }, false],
  ['nobody knows of', {}, false],
] as const) {
  test(`a page ${page} ${isOwn ? 'signs in' : 'cannot sign in'} by cookie`, async () => {
    const answer = await signIn('ana', headers)
    if (isOwn) cookieOf(answer)
    else {
      assert.equal(problemOf(answer, 403).type, '/problems/cross-origin')
      assert.equal(answer.headers['set-cookie'], undefined)
    }
  })
}
