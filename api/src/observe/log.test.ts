import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { Registration, Session } from '@jotc/core/api/account'
import type { Challenge, CodeRequest } from '@jotc/core/api/challenge'
import type { NewApiToken } from '@jotc/core/api/sessions'
import type { Details } from '@jotc/core/person'
import { createDatabase } from '@jotc/testing/servers/database'
import { logOf } from '@jotc/testing/service/log'
import { startProcess } from '@jotc/testing/service/process'
import { detailsOf, system } from '@jotc/testing/service/system'
import { startEmailable } from '@jotc/testing/stand-ins/emailable'
import { startMail } from '@jotc/testing/stand-ins/mail'

const SECRET = 'a secret that is in no log whatsoever'
const KEY = 'key_that_is_in_no_log'
const details = detailsOf('admin.of.the.log')
const other = detailsOf('second.of.the.log')
const broken = { ...detailsOf('x'), email: 'status402@example.com' }
const CLOUDS = '0000100001000010000'
/** What must be in no line: more of it comes up during the run. */
const hidden = [KEY, SECRET, CLOUDS, other.email, broken.email, ...Object.values(details)]
const calls: string[] = []
const { out, err, accountId, otherId } = await run()
type Field = 'method' | 'path' | 'status' | 'requestId' | 'ms' | 'audit' | 'by' | 'whom' | 'level' | 'msg'
const lines: Partial<Record<Field, unknown>>[] = out
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line))

/** Every route, well and ill. @returns what was written meanwhile, and whose the accounts are */
async function run() {
  const [database, mail, emailable] = [await createDatabase(), await startMail(), await startEmailable()]
  after(() => Promise.all([database.drop(), mail.close(), emailable.close()]))
  const { child, written, listening, ended } = startProcess(
    { after },
    {
      APP_ENV: 'production',
      LOG_LEVEL: 'trace',
      DATABASE_URL: database.url,
      JWT_SECRETS: SECRET,
      ADMIN_EMAILS: details.email,
      MAIL_URL: mail.url,
      MAIL_FROM: 'clouds@example.net',
      EMAILABLE_URL: emailable.url,
      EMAILABLE_API_KEY: KEY,
    },
  )
  const url = await listening()
  type Sent = { token?: string; body?: object; headers?: Record<string, string> }
  const ask = async (method: string, path: string, { token, body, headers }: Sent = {}) => {
    const answer = await fetch(url + path, {
      method,
      headers: {
        ...(body && { 'content-type': 'application/json' }),
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...headers,
      },
      ...(body && { body: JSON.stringify(body) }),
    })
    calls.push(`${method} ${path.replace(/\?.*/, '')} ${answer.status}`)
    return answer
  }
  const open = async ({ email }: Details) =>
    (await (await ask('POST', '/login', { body: { email } })).json()) as Challenge
  const register = async ({ email: _, ...about }: Details, code: CodeRequest, query = '', headers = {}) => {
    const { registration } = (await (await ask('POST', '/login/code', { body: code })).json()) as Registration
    hidden.push(registration)
    return await ask('POST', `/accounts${query}`, { body: { registration, ...about }, headers })
  }

  const { challengeId } = await open(details)
  const code = mail.codeFor(details.email)
  hidden.push(code)
  await ask('POST', '/login/code', { body: { challengeId, code: code === '000000' ? '000001' : '000000' } })
  const { token, user } = (await (await register(details, { challengeId, code })).json()) as Session
  hidden.push(token, token.split('.')[2] ?? '')
  await open(broken)
  mail.answerWith(550)
  await ask('POST', '/login', { body: { email: 'refused@example.com' } })
  hidden.push('refused@example.com')
  const solved = (await (await ask('POST', '/jotc', { token, body: { clouds: CLOUDS } })).json()) as { id: string }
  await ask('GET', `/jotc?email=${details.email}`, { token })
  await ask('GET', `/jotc?token=${token}`)
  await ask('GET', `/jotc/${solved.id}`, { token })
  await ask('GET', '/jotc/stats', { token })
  await ask('GET', '/me', { token: `${token}x` })
  await ask('GET', '/me', { token })
  await ask('GET', `/users?search=${details.email}`, { token })
  mail.answerWith(250)
  const second = { challengeId: (await open(other)).challengeId, code: mail.codeFor(other.email) }
  const page = { 'sec-fetch-site': 'same-origin' }
  const signedIn = await register(other, second, '?session=cookie', page)
  const { id: otherId } = ((await signedIn.json()) as Session).user
  const cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? ''
  const wanted = { name: 'My script', scope: 'read', expiresInDays: 1 }
  const made = await ask('POST', '/me/tokens', { body: wanted, headers: { ...page, cookie } })
  const apiToken = ((await made.json()) as NewApiToken).token
  hidden.push(cookie.split('=')[1] ?? assert.fail('no cookie'), apiToken)
  await ask('GET', '/me', { token: apiToken })
  await ask('GET', '/me/sessions', { headers: { cookie } })
  await ask('DELETE', '/me/sessions', { headers: { ...page, cookie } })
  await ask('PATCH', `/users/${otherId}`, { token, body: { role: 'admin' } })
  await ask('DELETE', `/users/${user.id}/submissions`, { token })
  await ask('GET', '/health/ready')
  await ask('GET', '/openapi.json')
  await ask('DELETE', '/me', { token })
  await ask('POST', '/logout', { token })

  child.kill('SIGTERM')
  await ended
  return { ...written, accountId: user.id, otherId }
}

test('no token, key, code, detail, board or query is in any line of a run through every route', () => {
  for (const secret of hidden) assert.ok(!(out + err).includes(secret), secret)
  assert.doesNotMatch(out, /\?(?:token|email|search)=/)
})

test('each request has one line, with its id and how long it took; health checks have none', () => {
  const requests = lines.filter((line) => line.ms !== undefined)
  assert.deepEqual(
    requests.map(({ method, path, status }) => `${method} ${path} ${status}`),
    calls.filter((call) => !call.includes('/health/')),
  )
  assert.ok(requests.every((line) => typeof line.requestId === 'string' && typeof line.ms === 'number'))
})

test('what changes accounts leaves an audit line with ids alone', () => {
  const audits = lines.filter((line) => line.audit !== undefined)
  assert.deepEqual(
    audits.map(({ audit, by, whom }) => [audit, by, whom]),
    [
      ['role changed', accountId, accountId],
      ['API token made', otherId, otherId],
      ['sessions ended', otherId, otherId],
      ['role changed', accountId, otherId],
      ['submissions removed', accountId, accountId],
      ['account erased', accountId, accountId],
    ],
  )
})

test('a key or credits that Emailable refuses are an error in the log', () => {
  const ERROR = 50
  const errors = lines.filter(({ level, msg }) => level === ERROR && /Emailable rejected our request/.test(String(msg)))
  assert.equal(errors.length, 1)
})

test('with LOG_CLIENT=on each line of a request says for whom a trusted proxy asked; without, none does', async (t) => {
  for (const [LOG_CLIENT, client] of [
    ['on', '203.0.113.7'],
    ['off', undefined],
  ] as const) {
    const { api } = await system(t, { LOG_CLIENT, TRUST_PROXY: ['127.0.0.1'] })
    const { lines } = logOf(api)
    await api.inject({ url: '/me', headers: { 'x-forwarded-for': '203.0.113.7' } })
    assert.ok(lines.length > 0)
    for (const line of lines) assert.equal('client' in line ? line.client : undefined, client)
  }
})
