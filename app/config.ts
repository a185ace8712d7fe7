/** What the app's server reads from the environment; nothing else of the app reads it. */
export type Config = Readonly<{
  host: string
  port: number
  /** Where browsers find the API, without a slash at its end. */
  apiUrl: string
  mode: Mode
}>

const MODES = ['development', 'production', 'test'] as const
type Mode = (typeof MODES)[number]

/** @throws {Error} with one line that names the setting which is wrong or missing */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const mode = env.APP_ENV || 'development'
  if (!isMode(mode)) throw new Error(`APP_ENV is “${mode}”. It must be one of ${MODES.join(', ')}.`)
  const port = env.APP_PORT || '8000'
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) {
    throw new Error(`APP_PORT is “${port}”. It must be a port, 0 to 65535.`)
  }
  const api = env.API_URL || (mode === 'production' ? '' : 'http://127.0.0.1:4000')
  if (api === '') throw new Error('API_URL is missing. It is where browsers find the API, such as /api.')
  if (!isAddress(api)) {
    throw new Error(`API_URL is “${api}”. It must be an http or https address, or a path such as /api.`)
  }
  return Object.freeze({ host: env.HOST || '127.0.0.1', port: Number(port), apiUrl: api.replace(/\/+$/, ''), mode })
}

/** What the page reads at start (src/kit/config.ts). */
export function pageConfig({ apiUrl, mode }: Config): { apiUrl: string; mode: Mode } {
  return { apiUrl, mode }
}

function isMode(text: string): text is Mode {
  return (MODES as readonly string[]).includes(text)
}

function isAddress(text: string): boolean {
  return /^\/(?!\/)/.test(text) || /^https?:$/.test(URL.parse(text)?.protocol ?? '')
}
