import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { temporaryFolder } from '@jotc/testing/folder'
import { createDatabase, withClient } from '@jotc/testing/servers/database'
import { type ServiceProcess, startProcess } from '@jotc/testing/service/process'
import { startMail } from '@jotc/testing/stand-ins/mail'

// Two processes that differ in APP_ENV and in nothing else.
const database = await createDatabase()
const mail = await startMail()
const folder = temporaryFolder('modes')
after(async () => {
  await database.drop()
  await mail.close()
  folder[Symbol.dispose]()
})

const [development, production] = (['development', 'production'] as const).map((APP_ENV) => {
  const service = startProcess(
    { after },
    {
      APP_ENV,
      DATABASE_URL: database.url,
      DATA_DIR: folder.path,
      JWT_SECRETS: 'a secret of tests that is long enough',
      MAIL_URL: mail.url,
      MAIL_FROM: 'clouds@example.org',
      EMAIL_VERIFICATION: 'off',
      LOG_FORMAT: '',
    },
  )
  return { ...service, url: '' }
}) as [Mode, Mode]
type Mode = ServiceProcess & { url: string }

before(async () => {
  for (const mode of [development, production]) mode.url = await mode.listening()
})

test('development signs in by details alone, production mails a code', async () => {
  assert.equal((await login(development, ANA)).status, 200)
  assert.equal((await login(production, { email: 'ben@example.org' })).status, 202)
  assert.deepEqual([mail.countFor('ana@example.org'), mail.countFor('ben@example.org')], [0, 1])
})

test('development lets the app on its own port call it, production nobody who is not named', async () => {
  const allowed = async ({ url }: Mode) => {
    const answer = await fetch(`${url}/health/live`, { headers: { origin: 'http://localhost:8000' } })
    return answer.headers.get('access-control-allow-origin')
  }
  assert.equal(await allowed(development), 'http://localhost:8000')
  assert.equal(await allowed(production), null)
})

test('development logs for people and everything, production JSON from info on, without anybody’s address', async () => {
  await development.wrote('INFO: POST /login 200')
  await production.wrote('POST /login 202')
  await production.wrote('the mail server lets us in')
  assert.throws(() => JSON.parse(development.written.out.split('\n')[0] ?? ''))
  // Of the last line not all may have come yet.
  const whole = production.written.out.split('\n').slice(0, -1)
  const lines = whole.map((line) => JSON.parse(line))
  assert.equal(lines.find(({ msg }) => msg === 'settings').settings.LOG_LEVEL, 'info')
  assert.match(development.written.out, /"LOG_LEVEL":"debug"/)
  assert.doesNotMatch(production.written.out, /ben@example\.org/)
})

test('of an error that nobody expected, development shows message and stack, production a code', async () => {
  const { token } = (await (await login(development, ANA)).json()) as { token: string }
  await withClient(database.url, (client) => client.query('alter table submissions rename to elsewhere'))
  const fails = async ({ url }: Mode) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
    const answer = await fetch(`${url}/jotc`, { method: 'POST', headers, body: '{"clouds":"000"}' })
    assert.equal(answer.status, 500)
    return (await answer.json()) as { code?: string; detail?: string; stack?: string }
  }
  const [shown, hidden] = [await fails(development), await fails(production)]
  assert.match(shown.detail ?? '', /relation "submissions" does not exist/)
  assert.match(shown.stack ?? '', /\.ts:\d+/)
  assert.deepEqual(Object.keys(hidden).sort(), ['code', 'requestId', 'status', 'title', 'type'])
  assert.equal(hidden.code, shown.code)
})

const ANA = { email: 'ana@example.org', firstName: 'Ana', lastName: 'Silva', birthDate: '1990-05-09' }

function login({ url }: Mode, details: object): Promise<Response> {
  const headers = { 'content-type': 'application/json' }
  return fetch(`${url}/login`, { method: 'POST', headers, body: JSON.stringify(details) })
}
