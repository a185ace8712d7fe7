import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'

/** The folder of the checkout. */
export const ROOT = resolve(import.meta.dirname, '../..')

/** The settings that `npm start` and `npm run demo` themselves use; API and app read and check the rest. */
export type Settings = {
  mode: string
  /** The absolute path of the data folder. */
  dataDir: string
  /** Undefined: the embedded server. */
  databaseUrl: string | undefined
  host: string
  /** Undefined: the default, or the next free port. */
  apiPort: number | undefined
  appPort: number | undefined
  /** Where browsers find the API; undefined: at the app's own address. */
  apiUrl: string | undefined
  /** Undefined: only the app's server, which forwards calls. */
  trustProxy: string | undefined
}

/** A setting that cannot be used; the message begins with its name. */
export class SettingError extends Error {
  override readonly name = 'SettingError'
}

const MODES = ['development', 'production', 'test']

/**
 * Reads the environment; a variable set to nothing counts as not set.
 * @throws {SettingError}
 */
export function readSettings(): Settings {
  const { APP_ENV, DATA_DIR, DATABASE_URL, DATABASE_URL_FILE, HOST, API_PORT, APP_PORT, API_URL, TRUST_PROXY } =
    process.env
  if (APP_ENV && !MODES.includes(APP_ENV)) {
    throw new SettingError(`APP_ENV is “${APP_ENV}”. It must be one of ${MODES.join(', ')}.`)
  }
  return {
    mode: APP_ENV || 'development',
    dataDir: resolve(ROOT, DATA_DIR || '.data'),
    databaseUrl: DATABASE_URL || contentOf('DATABASE_URL_FILE', DATABASE_URL_FILE),
    host: HOST || '127.0.0.1',
    apiPort: portOf('API_PORT', API_PORT),
    appPort: portOf('APP_PORT', APP_PORT),
    apiUrl: API_URL || undefined,
    trustProxy: TRUST_PROXY || undefined,
  }
}

function portOf(name: string, text: string | undefined): number | undefined {
  if (!text) return undefined
  const port = Number(text)
  if (/^\d{1,5}$/.test(text) && port >= 1 && port <= 65_535) return port
  throw new SettingError(`${name} is “${text}”. It must be a port, 1 to 65535.`)
}

function contentOf(name: string, path: string | undefined): string | undefined {
  if (!path) return undefined
  try {
    return readFileSync(path, 'utf8').trim()
  } catch (cause) {
    throw new SettingError(`${name}: the file cannot be read (${(cause as NodeJS.ErrnoException).code}).`, { cause })
  }
}
