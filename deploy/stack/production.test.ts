import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { SITE, type Site, siteOf } from './site.ts'
import { createStack } from './stack.ts'

const FILES = ['compose.yaml', 'deploy/compose.production.yaml', 'deploy/stack/mail.compose.yaml']

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
let site: Site

before(async () => {
  await writeSecrets(secretsDir)
  await stack.destroy()
  await stack.up('--build')
  const ca = await stack.compose('exec', '-T', 'app', 'cat', '/data/caddy/pki/authorities/local/root.crt')
  site = siteOf(ca, () => stack.compose('logs', '--no-log-prefix', 'mail'))
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
    const { headers, status } = await site.ask(path)
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
  assert.equal((await site.ask('/api/metrics')).status, 404)
})

test('a person signs in by the mailed code, and what they submit is kept', async () => {
  const { token } = await site.visitor()
  const headers = { authorization: `Bearer ${token}` }
  const solved = await site.ask('/api/jotc', { headers, body: { clouds: '0010010' } })
  assert.deepEqual([solved.status, JSON.parse(solved.body).total], [201, 4])
  const { items } = JSON.parse((await site.ask('/api/jotc', { headers })).body)
  assert.deepEqual(
    items.map(({ clouds }: { clouds: string }) => clouds),
    ['0010010'],
  )
})

test('it is production: no detail in errors, no foreign origin, and a log without details of people', async () => {
  assert.deepEqual(JSON.parse((await site.ask('/config.json')).body), {
    apiUrl: '/api',
    mode: 'production',
    signIn: 'code',
    minimumAge: 18,
  })
  const { headers } = await site.ask('/api/jotc', { headers: { origin: 'http://localhost:8000' } })
  assert.equal(headers['access-control-allow-origin'], undefined)
  const lines = (await stack.compose('logs', '--no-log-prefix', 'api')).trim().split('\n')
  for (const line of lines) assert.ok(JSON.parse(line).level >= 30, line)
  assert.doesNotMatch(lines.join('\n'), /ana\.\w+@example\.org|Silva|1990-05-09/)
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
