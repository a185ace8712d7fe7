/** What the server of the app tells it at start (`/config.json`, made by serve.ts from the environment). */
export type PageConfig = {
  /** Where the API is, without a slash at its end. */
  apiUrl: string
  mode: 'development' | 'production' | 'test'
  /** How the API lets people in: by their details alone, or by a code sent to their address. */
  signIn: 'details' | 'code'
  /** How old one must be to have an account, in whole years; 0 lets everybody in. */
  minimumAge: number
}

let config: Promise<PageConfig> | undefined
/** How far this machine's clock is behind the server's, in milliseconds. */
let clockBehindMs = 0

/** Reads the configuration once. After a failure the next caller reads again. */
export function readConfig(): Promise<PageConfig> {
  config ??= fetch('/config.json').then((answer) => {
    if (!answer.ok) throw new Error(`config.json: ${answer.status}`)
    const served = Date.parse(answer.headers.get('date') ?? '')
    if (!Number.isNaN(served)) clockBehindMs = served - Date.now()
    return answer.json() as Promise<PageConfig>
  })
  config.catch(() => {
    config = undefined
  })
  return config
}

/** Milliseconds since 1970 by the server's clock, once it is known: that of this machine may be years off. */
export function serverNow(): number {
  return Date.now() + clockBehindMs
}
