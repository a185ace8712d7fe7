import assert from 'node:assert/strict'
import { statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { temporaryFolder } from '@jotc/testing/folder'
import { ConfigError, readConfig, shownConfig } from './config.ts'

const { path: folder } = temporaryFolder('config')
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

test('development needs nothing but a database: it makes a secret, keeps it, and lets nobody else read it', () => {
  const { config, notes } = readConfig(development)
  assert.deepEqual([config.APP_ENV, config.API_PORT, config.HOST], ['development', 4000, '127.0.0.1'])
  assert.deepEqual(config.CORS_ORIGINS, ['http://localhost:8000', 'http://127.0.0.1:8000'])
  assert.ok(Object.isFrozen(config))
  const [secret] = config.JWT_SECRETS
  assert.ok(secret && Buffer.byteLength(secret) >= 32)
  assert.deepEqual(readConfig(development).config.JWT_SECRETS, [secret])
  assert.match(notes.join(), /jwt-secret$/)
  assert.equal(statSync(join(folder, 'jwt-secret')).mode & 0o777, 0o600)
})

test('production makes no secret by itself', () => {
  assert.deepEqual(refused({ APP_ENV: 'production' }), [
    'DATABASE_URL',
    'MAIL_URL',
    'MAIL_FROM',
    'EMAILABLE_API_KEY',
    'JWT_SECRETS',
  ])
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
  // Some of these would switch expiry off.
  JWT_LIFETIME: ['Infinity', '1e12', '0', '-5', '999999999', '1h', '3600.5'],
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

test('production signs in by code, asks Emailable and allows no origin; going without mail or verifier must be said', () => {
  const { config } = readConfig(production)
  assert.deepEqual([config.SIGN_IN, config.EMAIL_VERIFICATION, config.CORS_ORIGINS], ['code', 'on', []])
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

test('a data folder that cannot be written is named', () => {
  assert.deepEqual(refused({ DATABASE_URL, DATA_DIR: '/dev/null/jotc' }), ['DATA_DIR'])
})

test('all wrong settings are named at once', () => {
  const wrong = { API_PORT: 'x', LOG_LEVEL: 'y', JWT_SECRETS: 'z' }
  assert.deepEqual(refused({ ...production, ...wrong }).sort(), Object.keys(wrong).sort())
})

test('lists have commas, and white space around them is nothing', () => {
  const CORS_ORIGINS = 'https://a.example, https://b.example'
  const { config } = readConfig({ ...production, CORS_ORIGINS, TRUST_PROXY: '10.0.0.0/8,::1' })
  assert.deepEqual(config.CORS_ORIGINS, ['https://a.example', 'https://b.example'])
  assert.deepEqual(config.TRUST_PROXY, ['10.0.0.0/8', '::1'])
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
  test(`the unencoded password ${password} is refused, and is not printed`, () => {
    const environment = { ...production, DATABASE_URL: `postgres://jotc:${password}@db.example.org:5432/jotc` }
    const message = RegExp(`^DATABASE_URL does not fit\\. (?!.*${RegExp.escape(password)}).*URL-encode`)
    assert.throws(() => readConfig(environment), { message })
  })
}

test('an encoded password is accepted; no password, key or secret is shown', () => {
  const DATABASE_URL = `postgres://jotc:${encodeURIComponent('p@s/s:w?r%d')}@db.example.org:5432/jotc`
  const REDIS_URL = 'redis://:hidden@redis.example.org:6379'
  const { config } = readConfig({ ...production, DATABASE_URL, REDIS_URL })
  const shown = JSON.stringify(shownConfig(config))
  for (const secret of ['hidden@', 'hidden_key', 'p%40s', 'p@s', JWT_SECRETS])
    assert.ok(!shown.includes(secret), secret)
  for (const host of ['db', 'redis', 'mail']) assert.ok(shown.includes(`${host}.example.org`), host)
  const elsewhere = { ...config, DATABASE_URL: 'postgres://jotc@db.example.org/jotc?password=hidden' }
  const { DATABASE_URL: address } = shownConfig(elsewhere)
  assert.equal(address, 'postgres://jotc@db.example.org/jotc?password=***')
})
