import { randomBytes } from 'node:crypto'
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { expectation, readText } from './http/input.ts'
import { type Config, defaultsOf, SECRETS, Settings } from './settings.ts'

type Name = keyof Config
type Environment = Record<string, string | undefined>

/** Settings are missing or wrong. The message has a line for each, without secrets. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}

/**
 * Reads and checks the settings: nothing else reads the environment. An empty variable counts as not set; a wrong value
 * is never replaced by a default.
 *
 * @returns the settings, frozen, and notes for the operator's log
 * @throws {ConfigError} naming every setting that is wrong or missing
 */
export function readConfig(environment: Environment = process.env): { config: Config; notes: string[] } {
  const errors: string[] = []
  const config: Partial<Record<Name, unknown>> = {}
  const read = (name: Name, text: string | undefined) => {
    const value = text === undefined ? undefined : readText(Settings.properties[name], text)
    if (value === undefined) errors.push(errorOf(name, text))
    config[name] = value
  }
  const throwErrors = () => {
    if (errors.length > 0) throw new ConfigError(errors.join('\n'))
  }

  const { APP_ENV } = environment
  read('APP_ENV', APP_ENV || 'development')
  throwErrors()
  const mode = config.APP_ENV as Config['APP_ENV']
  for (const name of Object.keys(Settings.properties) as Name[]) {
    const text = textOf(name, environment, errors) || defaultsOf(mode)[name]
    if (text !== undefined || isNeeded(name, config)) read(name, text)
  }
  throwErrors()

  const notes: string[] = []
  if (config.JWT_SECRETS === undefined) {
    const { secret, file } = developmentSecret(config.DATA_DIR as string)
    config.JWT_SECRETS = [secret]
    notes.push(`JWT_SECRETS is not set: tokens are signed with the secret in ${file}`)
  }
  config.EMAIL_VERIFICATION ??= config.EMAILABLE_API_KEY === undefined ? 'off' : 'on'
  // Several workers share limits over Redis only.
  config.WORKERS ??= config.REDIS_URL === undefined ? 1 : availableParallelism()
  if (config.REDIS_URL === undefined && config.WORKERS !== 1) notes.push(NOT_SHARED)
  if (mode === 'production' && config.SIGN_IN === 'details') notes.push(NOT_VERIFIED)
  config.CORS_ORIGINS ??= ['localhost', '127.0.0.1'].map((host) => `http://${host}:${config.APP_PORT}`)
  return { config: Object.freeze(config) as Config, notes }
}

const NOT_SHARED = 'REDIS_URL is not set and WORKERS is above 1: each worker has its own rate limits and verdict cache'
const NOT_VERIFIED = 'SIGN_IN=details does not verify addresses, so ADMIN_EMAILS has no effect. Use SIGN_IN=code'

/** The settings without secrets and addresses of people, for the log. */
export function shownConfig(config: Config): Record<string, unknown> {
  const shown: Record<string, unknown> = { ...config }
  for (const name of [...SECRETS, 'ADMIN_EMAILS'] as const) {
    const value = config[name]
    if (value === undefined) continue
    if (typeof value !== 'string') shown[name] = `${value.length} (hidden)`
    else shown[name] = name.endsWith('_URL') ? withoutPassword(value) : '(hidden)'
  }
  return shown
}

function withoutPassword(text: string): string {
  const url = new URL(text)
  if (url.password !== '') url.password = '***'
  if (url.searchParams.has('password')) url.searchParams.set('password', '***')
  return url.href
}

/**
 * The secret that signs tokens if none is set: generated once and kept in the data folder, readable by its owner only,
 * so that people stay signed in across restarts. Processes that start at the same time get the same secret.
 */
function developmentSecret(dataDir: string): { secret: string; file: string } {
  const file = join(dataDir, 'jwt-secret')
  const draft = `${file}.${process.pid}`
  try {
    mkdirSync(dataDir, { recursive: true })
    writeFileSync(draft, randomBytes(32).toString('base64url'), { mode: 0o600 })
  } catch (error) {
    throw new ConfigError(`Cannot write to DATA_DIR (“${dataDir}”): ${(error as Error).message}.`)
  }
  try {
    linkSync(draft, file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    rmSync(draft)
  }
  return { secret: readFileSync(file, 'utf8').trim(), file }
}

/** Whether this setting is required, given those read before it. */
function isNeeded(name: Name, { APP_ENV, SIGN_IN, EMAIL_VERIFICATION }: Partial<Record<Name, unknown>>): boolean {
  switch (name) {
    case 'DATABASE_READ_URL':
    case 'REDIS_URL':
    case 'APP_URL':
    case 'WORKERS':
      return false
    case 'MAIL_URL':
    case 'MAIL_FROM':
      return SIGN_IN === 'code'
    case 'EMAILABLE_API_KEY':
      return EMAIL_VERIFICATION === 'on'
    // Required in production; other modes have defaults that depend on other settings.
    case 'JWT_SECRETS':
    case 'CORS_ORIGINS':
    case 'EMAIL_VERIFICATION':
      return APP_ENV === 'production'
    default:
      return true
  }
}

/** The text of a setting, from its variable or from the file named by NAME_FILE. */
function textOf(name: Name, environment: Environment, errors: string[]): string | undefined {
  const file = isSecret(name) ? environment[`${name}_FILE`] : undefined
  if (!file) return environment[name]
  if (environment[name]) errors.push(`Set ${name} or ${name}_FILE, not both.`)
  try {
    return readFileSync(file, 'utf8').trim()
  } catch (error) {
    errors.push(`Cannot read ${file}, named by ${name}_FILE (${(error as NodeJS.ErrnoException).code}).`)
    return undefined
  }
}

function errorOf(name: Name, text: string | undefined): string {
  const expected = expectation(Settings.properties[name])
  if (text !== undefined) return `${name} ${isSecret(name) ? 'does not fit' : `is “${text}”`}. It must be ${expected}.`
  switch (name) {
    case 'MAIL_URL':
    case 'MAIL_FROM':
      return `${name} is not set, but SIGN_IN=code needs it to send email. Set it to ${expected}.`
    case 'EMAILABLE_API_KEY':
      return `${name} is not set, but EMAIL_VERIFICATION=on needs it. Set the key, or set EMAIL_VERIFICATION=off.`
    default:
      return `${name} is not set. Set it to ${expected}.`
  }
}

function isSecret(name: Name): boolean {
  return (SECRETS as readonly Name[]).includes(name)
}
