import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { createDatabase } from '@jotc/testing/database'
import { startMail } from '@jotc/testing/mail'
import { type ServiceProcess, startProcess } from '@jotc/testing/process'
import pg from 'pg'

// Two processes that differ in APP_ENV and in nothing else.
const database = await createDatabase()
const mail = await startMail()
const folder = await mkdtemp(join(tmpdir(), 'jotc-modes-'))
after(async () => {
  await database.drop()
  await mail.close()
  await rm(folder, { recursive: true })
})

const [development, production] = (['development', 'production'] as const).map((APP_ENV) => {
  const service = startProcess(
    { after },
    {
      APP_ENV,
      DATABASE_URL: database.url,
      DATA_DIR: folder,
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
  for (const mode of [development, production]) mode.url = await urlOf(mode)
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
  assert.throws(() => JSON.parse(development.written.out.split('\n')[0] ?? ''))
  const lines = production.written.out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  assert.equal(lines.find(({ msg }) => msg === 'settings').settings.LOG_LEVEL, 'info')
  assert.match(development.written.out, /"LOG_LEVEL":"debug"/)
  assert.doesNotMatch(production.written.out, /ben@example\.org/)
})

test('of an error that nobody expected, development shows message and stack, production a code', async () => {
  const { token } = (await (await login(development, ANA)).json()) as { token: string }
  await on(database.url, 'alter table submissions rename to elsewhere')
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

async function urlOf({ child, written, ended }: ServiceProcess): Promise<string> {
  for (;;) {
    const url = /listening at (http:\/\/[\d.:]+)/.exec(written.out)?.[1]
    if (url !== undefined) return url
    const more = once(child.stdout as NodeJS.ReadableStream, 'data')
    if ((await Promise.race([more, ended.then(() => 'ended')])) === 'ended') throw new Error(written.err)
  }
}

async function on(url: string, statement: string): Promise<void> {
  const client = new pg.Client(url)
  await client.connect()
  await client.query(statement)
  await client.end()
}
