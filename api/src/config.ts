import { readFileSync } from 'node:fs'
import { cpusAvailable } from './cpus.ts'
import { developmentSecret } from './development-secret.ts'
import { expectation, readText } from './http/input.ts'
import { type Config, defaultsOf, SECRETS, Settings } from './settings.ts'

type Name = keyof Config
type Environment = Record<string, string | undefined>

/** A setting is missing or wrong. The message has a line for each, and shows no secret. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}

/**
 * Reads the settings: the one place that looks at the environment. An empty variable counts as not set;
 * one that is set is checked, and never replaced by a default.
 *
 * @returns the settings, frozen, and what an operator should know of them, a sentence each
 * @throws {ConfigError} naming every setting that is wrong or missing
 */
export function readConfig(environment: Environment = process.env): { config: Config; notes: string[] } {
  const faults: string[] = []
  const config: Partial<Record<Name, unknown>> = {}
  const read = (name: Name, text: string | undefined) => {
    const value = text === undefined ? undefined : readText(Settings.properties[name], text)
    if (value === undefined) faults.push(faultOf(name, text))
    config[name] = value
  }
  const refuseFaults = () => {
    if (faults.length > 0) throw new ConfigError(faults.join('\n'))
  }

  const { APP_ENV } = environment
  read('APP_ENV', APP_ENV || 'development')
  refuseFaults()
  const mode = config.APP_ENV as Config['APP_ENV']
  for (const name of Object.keys(Settings.properties) as Name[]) {
    const text = given(name, environment, faults) || defaultsOf(mode)[name]
    if (text !== undefined || isNeeded(name, config)) read(name, text)
  }
  refuseFaults()

  const notes: string[] = []
  if (config.JWT_SECRETS === undefined) {
    const { secret, file } = secretIn(config.DATA_DIR as string)
    config.JWT_SECRETS = [secret]
    notes.push(`JWT_SECRETS is not set: tokens are signed with the secret in ${file}`)
  }
  config.EMAIL_VERIFICATION ??= config.EMAILABLE_API_KEY === undefined ? 'off' : 'on'
  // Without Redis workers know nothing of one another.
  config.WORKERS ??= config.REDIS_URL === undefined ? 1 : cpusAvailable()
  if (config.REDIS_URL === undefined && config.WORKERS !== 1) notes.push(APART)
  if (mode === 'production' && config.SIGN_IN === 'details') notes.push(UNPROVEN)
  config.CORS_ORIGINS ??= ['localhost', '127.0.0.1'].map((host) => `http://${host}:${config.APP_PORT}`)
  return { config: Object.freeze(config) as Config, notes }
}

const APART = 'There is no REDIS_URL, and several WORKERS: each counts limits and keeps verdicts for itself'

const UNPROVEN =
  'SIGN_IN is details: nobody proves that an address is theirs, so ADMIN_EMAILS makes nobody an administrator'

/** The settings as they may be printed: without secrets and without the names of people. */
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

function secretIn(dataDir: string): ReturnType<typeof developmentSecret> {
  try {
    return developmentSecret(dataDir)
  } catch (error) {
    throw new ConfigError(`DATA_DIR is “${dataDir}”. No file can be made there: ${(error as Error).message}.`)
  }
}

/** Whether the service cannot do without this setting, given those before it. */
function isNeeded(name: Name, { APP_ENV, SIGN_IN, EMAIL_VERIFICATION }: Partial<Record<Name, unknown>>): boolean {
  switch (name) {
    case 'DATABASE_READ_URL':
    case 'REDIS_URL':
    case 'WORKERS':
      return false
    case 'MAIL_URL':
    case 'MAIL_FROM':
      return SIGN_IN === 'code'
    case 'EMAILABLE_API_KEY':
      return EMAIL_VERIFICATION === 'on'
    // Production must be told these; any other mode makes them itself.
    case 'JWT_SECRETS':
    case 'CORS_ORIGINS':
    case 'EMAIL_VERIFICATION':
      return APP_ENV === 'production'
    default:
      return true
  }
}

function given(name: Name, environment: Environment, faults: string[]): string | undefined {
  const file = isSecret(name) ? environment[`${name}_FILE`] : undefined
  if (!file) return environment[name]
  if (environment[name]) faults.push(`${name} and ${name}_FILE are both set. Set one of them.`)
  try {
    return readFileSync(file, 'utf8').trim()
  } catch (error) {
    faults.push(`${name}_FILE: the file cannot be read (${(error as NodeJS.ErrnoException).code}).`)
    return undefined
  }
}

function faultOf(name: Name, text: string | undefined): string {
  const must = `It must be ${expectation(Settings.properties[name])}.`
  if (text === undefined) return `${name} is not set${NEEDED_FOR[name] ?? ''}. ${must}`
  return isSecret(name) ? `${name} is wrong. ${must}` : `${name} is “${text}”. ${must}`
}

const NEEDED_FOR: Partial<Record<Name, string>> = {
  MAIL_URL: ', and SIGN_IN=code sends mail',
  MAIL_FROM: ', and SIGN_IN=code sends mail',
  EMAILABLE_API_KEY: ', and EMAIL_VERIFICATION=on asks Emailable (off asks nobody)',
}

function isSecret(name: Name): boolean {
  return (SECRETS as readonly Name[]).includes(name)
}
