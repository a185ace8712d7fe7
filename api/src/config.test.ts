import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { ConfigError, readConfig, shownConfig } from './config.ts'

const folder = mkdtempSync(join(tmpdir(), 'jotc-config-'))
after(() => rmSync(folder, { recursive: true }))
const DATABASE_URL = 'postgres://jotc:hidden@127.0.0.1:5432/jotc'
const JWT_SECRETS = 'x'.repeat(32)
const mail = { MAIL_URL: 'smtp://jotc:hidden@mail.example.org:587', MAIL_FROM: 'Clouds <clouds@example.org>' }
const EMAILABLE_API_KEY = 'hidden_key'
const production = { APP_ENV: 'production', DATABASE_URL, JWT_SECRETS, EMAILABLE_API_KEY, ...mail }
const development = { DATABASE_URL, DATA_DIR: folder }

/** The setting that each line of a refusal names first. */
function refused(environment: Record<string, string>): string[] {
  try {
    readConfig(environment)
    return []
  } catch (error) {
    assert.ok(error instanceof ConfigError)
    return error.message.split('\n').map((line) => /(?<![\w/-])[A-Z][A-Z_]{3,}\b/.exec(line)?.[0] ?? line)
  }
}

test('development needs nothing but a database', () => {
  const { config } = readConfig(development)
  assert.deepEqual(
    [config.APP_ENV, config.API_PORT, config.HOST, config.JWT_LIFETIME, config.LOG_LEVEL, config.LOG_FORMAT],
    ['development', 4000, '127.0.0.1', 3600, 'debug', 'pretty'],
  )
  assert.deepEqual(config.CORS_ORIGINS, ['http://localhost:8000', 'http://127.0.0.1:8000'])
  assert.ok(Object.isFrozen(config))
})

test('development makes a secret, keeps it, and lets nobody else read it', () => {
  const { config, notes } = readConfig(development)
  const [secret] = config.JWT_SECRETS
  assert.ok(secret && Buffer.byteLength(secret) >= 32)
  assert.deepEqual(readConfig(development).config.JWT_SECRETS, [secret])
  assert.match(notes.join(), /jwt-secret$/)
  assert.equal(statSync(join(folder, 'jwt-secret')).mode & 0o777, 0o600)
})

test('production makes no secret and allows no origin by itself', () => {
  assert.deepEqual(refused({ APP_ENV: 'production' }), [
    'DATABASE_URL',
    'MAIL_URL',
    'MAIL_FROM',
    'EMAILABLE_API_KEY',
    'JWT_SECRETS',
  ])
  const { config } = readConfig(production)
  assert.deepEqual([config.CORS_ORIGINS, config.LOG_LEVEL, config.LOG_FORMAT], [[], 'info', 'json'])
})

for (const [name, values] of Object.entries({
  APP_ENV: ['prod', 'Production', 'staging'],
  API_PORT: ['80a', '-1', '65536', '1e3', '4000.5', ' 4000'],
  HOST: ['http://x', 'a b'],
  DATABASE_URL: ['mysql://x/y', 'localhost', 'postgres://'],
  REDIS_URL: ['http://x', 'redis.example.org:6379'],
  SIGN_IN: ['both', 'Code'],
  MAIL_URL: ['mail.example.org', 'http://mail.example.org', 'smtp://', 'smtp://mail.example.org/box'],
  MAIL_FROM: ['clouds', 'Clouds <clouds>', 'a@example.org\rBcc: b@example.org'],
  EMAIL_VERIFICATION: ['true', 'no'],
  EMAILABLE_API_KEY: ['two words'],
  EMAILABLE_URL: ['api.emailable.com', 'https://api.emailable.com/v1'],
  RATE_LIMIT_LOGIN: ['0', 'off', '-1'],
  RATE_LIMIT: ['0', 'off', 'Infinity'],
  JWT_SECRETS: ['short', `${'x'.repeat(32)},short`, ','],
  CORS_ORIGINS: ['*', 'example.org', 'https://example.org/', 'ftp://example.org', 'https://a.example,*'],
  ADMIN_EMAILS: ['ana', 'ana@example.org,ben'],
  TRUST_PROXY: ['true', 'proxy.example.org', '10.0.0.0/33', '10.0.0/8'],
  LOG_LEVEL: ['verbose', 'INFO'],
  LOG_FORMAT: ['text'],
})) {
  test(`a wrong ${name} is named and never replaced by a default`, () => {
    for (const value of values) assert.deepEqual(refused({ ...production, [name]: value }), [name], value)
  })
}

test('production signs in by code and asks Emailable; going without either must be said', () => {
  const { config } = readConfig(production)
  assert.deepEqual([config.SIGN_IN, config.EMAIL_VERIFICATION], ['code', 'on'])
  const { EMAILABLE_API_KEY: _key, MAIL_URL: _url, MAIL_FROM: _from, ...bare } = production
  const without = readConfig({ ...bare, SIGN_IN: 'details', EMAIL_VERIFICATION: 'off' })
  assert.match(without.notes.join(), /ADMIN_EMAILS has no effect/)
})

test('a missing setting that another one asks for says which', () => {
  const { MAIL_URL: _, ...rest } = production
  assert.throws(() => readConfig(rest), {
    message:
      'MAIL_URL is not set, but SIGN_IN=code needs it to send email. ' +
      'Set it to a URL like smtp://USER:PASSWORD@HOST:587 (or smtps:).',
  })
})

test('development asks Emailable where there is a key, and nobody without one', () => {
  assert.equal(readConfig(development).config.EMAIL_VERIFICATION, 'off')
  assert.equal(readConfig({ ...development, EMAILABLE_API_KEY }).config.EMAIL_VERIFICATION, 'on')
  assert.deepEqual(refused({ ...development, EMAIL_VERIFICATION: 'on' }), ['EMAILABLE_API_KEY'])
})

test('no password and no key is shown', () => {
  const { config } = readConfig({ ...production, REDIS_URL: 'redis://:hidden@redis.example.org:6379' })
  const shown = JSON.stringify(shownConfig(config))
  assert.doesNotMatch(shown, /jotc:hidden|:hidden@|hidden_key/)
  for (const host of ['redis.example.org', 'mail.example.org']) assert.ok(shown.includes(host), host)
})

test('a lifetime of tokens that would switch expiry off is refused', () => {
  for (const JWT_LIFETIME of ['Infinity', '1e12', '0', '-5', '999999999', '1h', '3600.5']) {
    assert.deepEqual(refused({ ...production, JWT_LIFETIME }), ['JWT_LIFETIME'], JWT_LIFETIME)
  }
})

test('a data folder that cannot be written is named', () => {
  assert.deepEqual(refused({ DATABASE_URL, DATA_DIR: '/dev/null/jotc' }), ['DATA_DIR'])
})

test('all wrong settings are named at once', () => {
  assert.deepEqual(refused({ ...production, API_PORT: 'x', LOG_LEVEL: 'y', JWT_SECRETS: 'z' }), [
    'API_PORT',
    'JWT_SECRETS',
    'LOG_LEVEL',
  ])
})

test('lists have commas, and white space around them is nothing', () => {
  const { config } = readConfig({
    ...production,
    CORS_ORIGINS: 'https://a.example, https://b.example',
    TRUST_PROXY: '10.0.0.0/8,::1',
    ADMIN_EMAILS: 'ana@example.org',
  })
  assert.deepEqual(config.CORS_ORIGINS, ['https://a.example', 'https://b.example'])
  assert.deepEqual(config.TRUST_PROXY, ['10.0.0.0/8', '::1'])
  assert.deepEqual(config.ADMIN_EMAILS, ['ana@example.org'])
})

test('a secret can come from a file, but not from two places', () => {
  const JWT_SECRETS_FILE = join(folder, 'secrets')
  writeFileSync(JWT_SECRETS_FILE, `${'y'.repeat(40)}\n`)
  const { JWT_SECRETS: _, ...rest } = production
  assert.deepEqual(readConfig({ ...rest, JWT_SECRETS_FILE }).config.JWT_SECRETS, ['y'.repeat(40)])
  assert.ok(refused({ ...production, JWT_SECRETS_FILE }).includes('JWT_SECRETS'))
  assert.ok(refused({ ...rest, JWT_SECRETS_FILE: join(folder, 'none') }).includes('JWT_SECRETS_FILE'))
})

for (const password of ['p@s/s:w?r%d', 'pa/ss', 'pa?ss', 'pa#ss', '12#x', 'p%d', '%zz', '50%/']) {
  test(`the unencoded password ${password} is refused, or means itself, and is not printed`, () => {
    const environment = { ...production, DATABASE_URL: `postgres://jotc:${password}@db.example.org:5432/jotc` }
    assert.throws(
      () => readConfig(environment),
      (error: Error) => {
        assert.match(error.message, /^DATABASE_URL does not fit\. .*URL-encode/)
        assert.ok(!error.message.includes(password))
        return true
      },
    )
  })
}

test('an encoded password is accepted, and neither it nor a secret is shown', () => {
  const url = `postgres://jotc:${encodeURIComponent('p@s/s:w?r%d')}@db.example.org:5432/jotc`
  const { config } = readConfig({ ...production, DATABASE_URL: url })
  const shown = JSON.stringify(shownConfig(config))
  assert.ok(!shown.includes('p%40s') && !shown.includes('p@s') && !shown.includes(JWT_SECRETS))
  assert.match(shown, /db\.example\.org/)
  const elsewhere = { ...config, DATABASE_URL: 'postgres://jotc@db.example.org/jotc?password=hidden' }
  const { DATABASE_URL: address } = shownConfig(elsewhere)
  assert.equal(address, 'postgres://jotc@db.example.org/jotc?password=***')
})
