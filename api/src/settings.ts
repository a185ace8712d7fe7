import { isIP } from 'node:net'
import { readEmail } from '@jotc/core/person/email'
import { type Static, Type } from 'typebox'

const text = (title: string, holds: (text: string) => boolean) => Type.Refine(Type.String({ title }), holds)
const list = (title: string, holds: (text: string) => boolean, least = 0) =>
  Type.Array(Type.Refine(Type.String(), holds), { title, minItems: least })

/** Every setting of the service; `title` says what it must be. */
export const Settings = Type.Object({
  APP_ENV: Type.Enum(['development', 'production', 'test']),
  API_PORT: Type.Integer({ minimum: 0, maximum: 65_535 }),
  APP_PORT: Type.Integer({ minimum: 0, maximum: 65_535 }),
  HOST: text('a host name or an IP address to listen on', (host) => /^[\w.:-]+$/.test(host)),
  DATA_DIR: text('a folder', () => true),
  WORKERS: Type.Integer({ minimum: 1, maximum: 256 }),
  DATABASE_URL: text(
    'a URL like postgres://USER:PASSWORD@HOST:5432/NAME; URL-encode the password (@ becomes %40)',
    isDatabaseUrl,
  ),
  DATABASE_READ_URL: Type.Optional(text('a URL like DATABASE_URL, of a replica', isDatabaseUrl)),
  DATABASE_READ_LAG_LIMIT: Type.Integer({ minimum: 5, maximum: 3_600 }),
  DATABASE_POOL_SIZE: Type.Integer({ minimum: 1, maximum: 1_000 }),
  DATABASE_READ_POOL_SIZE: Type.Integer({ minimum: 1, maximum: 1_000 }),
  REDIS_URL: Type.Optional(text('a URL like redis://USER:PASSWORD@HOST:6379 (or rediss:)', isRedisUrl)),
  APP_URL: Type.Optional(text('an origin like https://clouds.example.org', isOrigin)),
  SIGN_IN: Type.Enum(['details', 'code']),
  MINIMUM_AGE: Type.Integer({ minimum: 0, maximum: 120 }),
  MAIL_URL: Type.Optional(text('a URL like smtp://USER:PASSWORD@HOST:587 (or smtps:)', isMailUrl)),
  MAIL_FROM: Type.Optional(text('an email address, alone or like Clouds <clouds@example.org>', isSender)),
  MAILS_PER_HOUR: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
  EMAIL_VERIFICATION: Type.Enum(['on', 'off']),
  EMAILABLE_API_KEY: Type.Optional(text('an Emailable API key', (key) => /^\S+$/.test(key))),
  EMAILABLE_URL: text('a URL without a path, like https://api.emailable.com', (url) =>
    isOrigin(url.replace(/\/$/, '')),
  ),
  RATE_LIMIT_LOGIN: Type.Integer({ minimum: 1, maximum: 1_000_000_000 }),
  RATE_LIMIT: Type.Integer({ minimum: 1, maximum: 1_000_000_000 }),
  JWT_SECRETS: list('comma-separated secrets of at least 32 bytes', isSecret, 1),
  JWT_LIFETIME: Type.Integer({ minimum: 60, maximum: 604_800 }),
  SESSION_IDLE: Type.Integer({ minimum: 300, maximum: 31_536_000 }),
  SESSION_LIFETIME: Type.Integer({ minimum: 300, maximum: 31_536_000 }),
  CORS_ORIGINS: list('comma-separated origins like https://clouds.example.org', isOrigin),
  ADMIN_EMAILS: list('comma-separated email addresses', (email) => 'value' in readEmail(email)),
  TRUST_PROXY: list('comma-separated IP addresses or networks (10.0.0.0/8) of proxies', isNetwork),
  LOG_LEVEL: Type.Enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']),
  LOG_FORMAT: Type.Enum(['pretty', 'json']),
  LOG_CLIENT: Type.Enum(['off', 'on']),
  COMMIT: text('a commit hash or tag', (commit) => /^[\w.-]{1,64}$/.test(commit)),
})

/** The settings, under the same names as in the environment. */
export type Config = Readonly<Static<typeof Settings>>

/** Never printed (of a URL, only the password is hidden). Each can come from a file named by NAME_FILE. */
export const SECRETS = [
  'DATABASE_URL',
  'DATABASE_READ_URL',
  'REDIS_URL',
  'MAIL_URL',
  'EMAILABLE_API_KEY',
  'JWT_SECRETS',
] as const satisfies (keyof Config)[]

/** The defaults, as they would be written in the environment. */
export function defaultsOf(mode: Config['APP_ENV']): Partial<Record<keyof Config, string>> {
  return {
    API_PORT: '4000',
    APP_PORT: '8000',
    HOST: '127.0.0.1',
    DATA_DIR: '.data',
    DATABASE_READ_LAG_LIMIT: '10',
    DATABASE_POOL_SIZE: '5',
    DATABASE_READ_POOL_SIZE: '3',
    SIGN_IN: mode === 'production' ? 'code' : 'details',
    MINIMUM_AGE: '18',
    MAILS_PER_HOUR: '1000',
    EMAILABLE_URL: 'https://api.emailable.com',
    RATE_LIMIT_LOGIN: mode === 'production' ? '30' : '600',
    RATE_LIMIT: mode === 'production' ? '1200' : '12000',
    JWT_LIFETIME: '3600',
    SESSION_IDLE: '43200',
    SESSION_LIFETIME: '2592000',
    ADMIN_EMAILS: '',
    // The app's server, which forwards calls.
    TRUST_PROXY: mode === 'production' ? '' : '127.0.0.0/8,::1',
    ...(mode === 'production' ? { CORS_ORIGINS: '', EMAIL_VERIFICATION: 'on' } : {}),
    APP_ENV: mode,
    COMMIT: 'unknown',
    LOG_CLIENT: 'off',
    LOG_LEVEL: { development: 'debug', production: 'info', test: 'warn' }[mode],
    LOG_FORMAT: mode === 'development' ? 'pretty' : 'json',
  }
}

/** An unencoded sign in the password splits the URL in the wrong place, which leaves an `@` behind. */
function isDatabaseUrl(text: string): boolean {
  const url = URL.parse(text)
  if (!url || !['postgres:', 'postgresql:'].includes(url.protocol)) return false
  if (url.hostname === '' && !url.searchParams.has('host')) return false
  return isDecodable(url) && !`${url.pathname}${url.search}${url.hash}`.includes('@') && url.hash === ''
}

function isRedisUrl(text: string): boolean {
  const url = URL.parse(text)
  if (!url || !['redis:', 'rediss:'].includes(url.protocol) || url.hostname === '') return false
  return isDecodable(url) && /^\/?\d*$/.test(url.pathname) && url.hash === ''
}

function isDecodable({ username, password, pathname }: URL): boolean {
  try {
    decodeURIComponent(username + password + pathname)
    return true
  } catch {
    return false
  }
}

function isMailUrl(text: string): boolean {
  const url = URL.parse(text)
  if (!url || !['smtp:', 'smtps:'].includes(url.protocol) || url.hostname === '') return false
  return ['', '/'].includes(url.pathname) && url.hash === ''
}

/** An address, alone or in angle brackets after a name. */
function isSender(text: string): boolean {
  if (/[\r\n]/.test(text)) return false
  const address = /^[^<>]+<([^<>]+)>$/.exec(text)?.[1] ?? text
  return 'value' in readEmail(address)
}

function isSecret(secret: string): boolean {
  return Buffer.byteLength(secret) >= 32
}

function isOrigin(text: string): boolean {
  const url = URL.parse(text)
  return url !== null && ['http:', 'https:'].includes(url.protocol) && url.origin === text
}

function isNetwork(text: string): boolean {
  const [address = '', bits, more] = text.split('/')
  const version = isIP(address)
  if (version === 0 || more !== undefined) return false
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128))
}
