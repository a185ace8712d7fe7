import type { PageConfig } from '../src/api/config.ts'

/** What the app's server reads from the environment; nothing else of the app reads it. */
export type Config = Readonly<PageConfig & { host: string; port: number; apiPort: number }>

const MODES: readonly PageConfig['mode'][] = ['development', 'production', 'test']
const SIGN_INS: readonly PageConfig['signIn'][] = ['details', 'code']

/** @throws {Error} with one line that names the setting which is wrong or missing */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const mode = env.APP_ENV || 'development'
  if (!isOneOf(MODES, mode)) throw new Error(`APP_ENV is “${mode}”. It must be one of ${MODES.join(', ')}.`)
  const signIn = env.SIGN_IN || (mode === 'production' ? 'code' : 'details')
  if (!isOneOf(SIGN_INS, signIn)) throw new Error(`SIGN_IN is “${signIn}”. It must be details or code.`)
  const age = env.MINIMUM_AGE || '18'
  if (!/^\d{1,3}$/.test(age) || Number(age) > 120) {
    throw new Error(`MINIMUM_AGE is “${age}”. It must be a whole number from 0 to 120.`)
  }
  const port = readPort('APP_PORT', env.APP_PORT || '8000')
  const apiPort = readPort('API_PORT', env.API_PORT || '4000')
  const api = env.API_URL || '/api'
  if (!isAddress(api)) {
    throw new Error(`API_URL is “${api}”. It must be an http or https address, or a path such as /api.`)
  }
  const host = env.HOST || '127.0.0.1'
  return Object.freeze({
    host,
    port,
    apiPort,
    apiUrl: api.replace(/\/+$/, ''),
    mode,
    signIn,
    minimumAge: Number(age),
  })
}

/** Where the API that runs beside the app listens: `API_URL` is a path that leads there. */
export function apiServer({ host, apiPort }: Config): string {
  const name = { '0.0.0.0': '127.0.0.1', '::': '[::1]', '::1': '[::1]' }[host] ?? host
  return `http://${name}:${apiPort}`
}

/** What the page reads at start (src/api/config.ts). */
export function pageConfig({ apiUrl, mode, signIn, minimumAge }: Config): PageConfig {
  return { apiUrl, mode, signIn, minimumAge }
}

function readPort(name: string, text: string): number {
  const port = Number(text)
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port
  throw new Error(`${name} is “${text}”. It must be a port, 0 to 65535.`)
}

function isOneOf<Value extends string>(values: readonly Value[], text: string): text is Value {
  return (values as readonly string[]).includes(text)
}

function isAddress(text: string): boolean {
  return /^\/(?!\/)/.test(text) || /^https?:$/.test(URL.parse(text)?.protocol ?? '')
}
