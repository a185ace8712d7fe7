/** What the server of the app tells it at start (`/config.json`, made by serve.ts from the environment). */
export type Config = {
  /** Where the API is, without a slash at its end. */
  apiUrl: string
  mode: 'development' | 'production' | 'test'
  /** How the API lets people in: by their details alone, or also by a code sent to their address. */
  signIn: 'details' | 'code'
}

let config: Promise<Config> | undefined

/** Reads the configuration once. A read that failed is tried again by the next who asks. */
export function readConfig(): Promise<Config> {
  config ??= fetch('/config.json').then((answer) => {
    if (!answer.ok) throw new Error(`config.json: ${answer.status}`)
    return answer.json() as Promise<Config>
  })
  config.catch(() => {
    config = undefined
  })
  return config
}
