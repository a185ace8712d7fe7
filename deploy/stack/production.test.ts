import assert from 'node:assert/strict'
import { randomBytes, randomUUID } from 'node:crypto'
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import type { RequestOptions } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { somebody } from '@jotc/testing/client'
import { ask } from './https.ts'
import { createStack, docker } from './stack.ts'

const FILES = ['compose.yaml', 'deploy/compose.production.yaml', 'deploy/stack/mail.compose.yaml']
const SITE = 'https://localhost'

const secretsDir = await mkdtemp(join(tmpdir(), 'jotc-secrets-'))
const settings = {
  // For this name Caddy is its own authority.
  DOMAIN: 'localhost',
  PUBLISH_ON: '127.0.0.1',
  MAIL_FROM: 'Clouds <clouds@example.org>',
  ADMIN_EMAILS: 'admin@example.org',
  EMAIL_VERIFICATION: 'off',
  SECRETS_DIR: secretsDir,
}
const stack = createStack('jotc-test-production', FILES, ['app', 'mail'], settings)
let ca = ''
const site = (path: string, options: RequestOptions & { body?: object } = {}) => ask(SITE + path, ca, options)

before(async () => {
  await writeSecrets(secretsDir)
  await stack.destroy()
  await stack.up('--build')
  ca = await stack.compose('exec', '-T', 'app', 'cat', '/data/caddy/pki/authorities/local/root.crt')
})
after(async () => {
  await stack.destroy()
  await rm(secretsDir, { recursive: true })
})

test('without a setting or a secret it does not start, and says which one is missing', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'jotc-refused-'))
  t.after(() => rm(folder, { recursive: true }))
  await writeSecrets(folder)
  const started = (changed: Record<string, string>, ...args: string[]) =>
    createStack('jotc-test-refused', FILES, [], { ...settings, SECRETS_DIR: folder, ...changed }).compose(...args)
  const service = ['run', '--rm', '--no-deps', 'api']

  for (const name of ['DOMAIN', 'MAIL_FROM', 'ADMIN_EMAILS']) {
    await assert.rejects(started({ [name]: '' }, 'up', '--wait'), new RegExp(`required variable ${name} is missing`))
  }
  await rm(join(folder, 'jwt_secrets'))
  await assert.rejects(started({}, ...service), /jwt_secrets/)
  await secret(folder, 'jwt_secrets', '')
  await assert.rejects(started({}, ...service), /JWT_SECRETS is not set\. Set it to comma-separated secrets/)
  await secret(folder, 'jwt_secrets', 'changeme')
  await assert.rejects(started({}, ...service), /JWT_SECRETS does not fit\. It must be comma-separated secrets/)
  await secret(folder, 'jwt_secrets', randomBytes(32).toString('hex'))
  await assert.rejects(started({ EMAIL_VERIFICATION: '' }, ...service), /EMAILABLE_API_KEY is not set/)
  await started({}, 'down', '--volumes')
})

test('HTTP leads to HTTPS', async () => {
  const { status, headers } = await fetch('http://localhost/submissions?page=2', { redirect: 'manual' })
  assert.equal(status, 308)
  assert.equal(headers.get('location'), `${SITE}/submissions?page=2`)
})

test('a check of the headers finds nothing', async () => {
  for (const path of ['/', '/submissions', '/nothing/here', '/config.json', '/api/jotc', '/api/health/ready']) {
    const { headers, status } = await site(path)
    const isPage = String(headers['content-type']).startsWith('text/html')
    assert.match(String(headers['strict-transport-security']), /^max-age=\d{8,}$/, path)
    assert.equal(headers['x-content-type-options'], 'nosniff', path)
    for (const chatty of ['server', 'via', 'x-powered-by'])
      assert.equal(headers[chatty], undefined, `${path} ${status}`)
    if (!isPage) continue
    const policy = String(headers['content-security-policy'])
    assert.match(policy, /default-src 'none'.*base-uri 'none'.*frame-ancestors 'none'/, path)
    assert.doesNotMatch(policy, /unsafe|\*|http:/, path)
    assert.equal(headers['referrer-policy'], 'no-referrer', path)
    assert.equal(headers['cross-origin-opener-policy'], 'same-origin', path)
    assert.match(String(headers['permissions-policy']), /camera=\(\)/, path)
  }
})

test('nothing but the app is to be reached', async () => {
  const lines = (await stack.compose('ps', '--format', '{{json .}}')).trim().split('\n')
  const services = lines.map((line): { Service: string; Publishers: { PublishedPort: number }[] } => JSON.parse(line))
  const published = services.filter(({ Publishers }) => Publishers.some(({ PublishedPort }) => PublishedPort > 0))
  assert.deepEqual(services.map(({ Service }) => Service).sort(), ['api', 'app', 'db', 'mail', 'redis'])
  assert.deepEqual(
    published.map(({ Service }) => Service),
    ['app'],
  )
  assert.equal((await site('/api/metrics')).status, 404)
})

test('a person signs in by the mailed code, and what they submit is kept', async () => {
  const { token } = await signedInByCode()
  const headers = { authorization: `Bearer ${token}` }
  const solved = await site('/api/jotc', { headers, body: { clouds: '0010010' } })
  assert.deepEqual([solved.status, JSON.parse(solved.body).total], [201, 4])
  const { items } = JSON.parse((await site('/api/jotc', { headers })).body)
  assert.deepEqual(
    items.map(({ clouds }: { clouds: string }) => clouds),
    ['0010010'],
  )
})

test('it is production: no detail in errors, no foreign origin, and a log without details of people', async () => {
  assert.deepEqual(JSON.parse((await site('/config.json')).body), {
    apiUrl: '/api',
    mode: 'production',
    signIn: 'code',
    minimumAge: 18,
  })
  const { headers } = await site('/api/jotc', { headers: { origin: 'http://localhost:8000' } })
  assert.equal(headers['access-control-allow-origin'], undefined)
  const lines = (await stack.compose('logs', '--no-log-prefix', 'api')).trim().split('\n')
  for (const line of lines) assert.ok(JSON.parse(line).level >= 30, line)
  assert.doesNotMatch(lines.join('\n'), /ana\.\w+@example\.org|Silva|1990-05-09/)
})

test('a new JWT secret signs from now on, and nobody is signed out', async () => {
  const before = await signedInByCode()
  const old = await readFile(join(secretsDir, 'jwt_secrets'), 'utf8')
  await secret(secretsDir, 'jwt_secrets', `${randomBytes(32).toString('hex')},${old}`)
  await stack.compose('kill', '-s', 'HUP', 'api')
  while (!/workers replaced/.test(await stack.compose('logs', 'api'))) await delay(200)
  const after = await signedInByCode()
  const keyOf = ({ token }: { token: string }) => JSON.parse(atob(token.split('.')[0] ?? '')).kid
  assert.notEqual(keyOf(after), keyOf(before))
  for (const { token } of [before, after]) {
    assert.equal((await site('/api/jotc', { headers: { authorization: `Bearer ${token}` } })).status, 200)
  }
})

test('an update as the operations guide has it loses no request', async () => {
  const { token } = await signedInByCode()
  const headers = { authorization: `Bearer ${token}` }
  const before = await stack.container('api')
  const done = new AbortController()
  const statuses: Record<number, number> = {}
  const people = Array.from({ length: 5 }, async () => {
    while (!done.signal.aborted) {
      const keyed = { ...headers, 'idempotency-key': randomUUID() }
      const { status } = await site('/api/jotc', { headers: keyed, body: { clouds: '0010010' } })
      statuses[status] = (statuses[status] ?? 0) + 1
    }
  })
  await stack.compose('up', '--wait', '--no-deps', '--no-recreate', '--scale', 'api=2', 'api')
  await docker(['stop', before])
  await docker(['rm', before])
  done.abort()
  await Promise.all(people)
  assert.deepEqual(Object.keys(statuses), ['201'])
  const { total } = JSON.parse((await site('/api/jotc', { headers })).body)
  assert.equal(total, statuses[201])
  assert.notEqual(await stack.container('api'), before)
})

async function writeSecrets(folder: string): Promise<void> {
  const password = randomBytes(24).toString('hex')
  await secret(folder, 'database_password', password)
  await secret(folder, 'database_owner_url', `postgres://jotc:${password}@db:5432/jotc`)
  await secret(folder, 'database_url', `postgres://jotc_service:${randomBytes(24).toString('hex')}@db:5432/jotc`)
  await secret(folder, 'redis_url', `redis://:${randomBytes(24).toString('hex')}@redis:6379`)
  await secret(folder, 'jwt_secrets', randomBytes(32).toString('hex'))
  await secret(folder, 'mail_url', 'smtp://mail:2525')
  await secret(folder, 'emailable_api_key', '')
}

async function secret(folder: string, name: string, value: string): Promise<void> {
  const file = join(folder, name)
  await writeFile(file, value)
  // The containers' users read it through a mount of this one file; the folder is closed to everybody else.
  await chmod(file, 0o644)
}

async function signedInByCode(): Promise<{ token: string }> {
  const { email, ...about } = somebody('Ana')
  const asked = await site('/api/login', { body: { email } })
  assert.equal(asked.status, 202, asked.body)
  const mails = (await stack.compose('logs', '--no-log-prefix', 'mail')).trim().split('\n')
  const mail = mails.map((line) => JSON.parse(line)).findLast(({ to }) => to === email)
  const code = /^ {4}(\d{6})\r?$/m.exec(mail.source)?.[1]
  const { challengeId } = JSON.parse(asked.body)
  const proven = await site('/api/login/code', { body: { challengeId, code } })
  assert.equal(proven.status, 202, proven.body)
  const { registration } = JSON.parse(proven.body)
  const answer = await site('/api/accounts', { body: { registration, ...about } })
  assert.equal(answer.status, 201, answer.body)
  return JSON.parse(answer.body)
}
