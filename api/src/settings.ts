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
  DATABASE_URL: text(
    'like postgres://USER:PASSWORD@HOST:5432/NAME, with signs such as @ : / ? # % in the password URL-encoded (@ as %40)',
    isDatabaseUrl,
  ),
  JWT_SECRETS: list('secrets of 32 bytes or more each, with commas between them', isSecret, 1),
  JWT_LIFETIME: Type.Integer({ minimum: 60, maximum: 604_800 }),
  CORS_ORIGINS: list('origins such as https://clouds.example.org, with commas between them', isOrigin),
  ADMIN_EMAILS: list('email addresses with commas between them', (email) => 'value' in readEmail(email)),
  TRUST_PROXY: list('IP addresses or networks (10.0.0.0/8) of proxies, with commas between them', isNetwork),
  LOG_LEVEL: Type.Enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']),
  LOG_FORMAT: Type.Enum(['pretty', 'json']),
})

/** The settings as the service is given them: one name for each, from the environment to the code. */
export type Config = Readonly<Static<typeof Settings>>

/** Never printed, and each can come from a file named by NAME_FILE. */
export const SECRETS = ['DATABASE_URL', 'JWT_SECRETS'] as const satisfies (keyof Config)[]

/** What holds where the environment is silent, as it would be written there. */
export function defaultsOf(mode: Config['APP_ENV']): Partial<Record<keyof Config, string>> {
  return {
    API_PORT: '4000',
    APP_PORT: '8000',
    HOST: '127.0.0.1',
    DATA_DIR: '.data',
    JWT_LIFETIME: '3600',
    ADMIN_EMAILS: '',
    TRUST_PROXY: '',
    ...(mode === 'production' ? { CORS_ORIGINS: '' } : {}),
    APP_ENV: mode,
    LOG_LEVEL: { development: 'debug', production: 'info', test: 'warn' }[mode],
    LOG_FORMAT: mode === 'development' ? 'pretty' : 'json',
  }
}

/** A password with signs that should have been encoded splits the address elsewhere: an `@` is left over then. */
function isDatabaseUrl(text: string): boolean {
  const url = URL.parse(text)
  if (!url || !['postgres:', 'postgresql:'].includes(url.protocol)) return false
  if (url.hostname === '' && !url.searchParams.has('host')) return false
  try {
    decodeURIComponent(url.username + url.password + url.pathname)
  } catch {
    return false
  }
  return !`${url.pathname}${url.search}${url.hash}`.includes('@') && url.hash === ''
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
