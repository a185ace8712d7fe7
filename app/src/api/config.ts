/** What the server of the app tells it at start (`/config.json`, made by serve.ts from the environment). */
export type PageConfig = {
  /** Where the API is, without a slash at its end. */
  apiUrl: string
  mode: 'development' | 'production' | 'test'
  /** How the API lets people in: by their details alone, or also by a code sent to their address. */
  signIn: 'details' | 'code'
}

let config: Promise<PageConfig> | undefined

/** Reads the configuration once. After a failure the next caller reads again. */
export function readConfig(): Promise<PageConfig> {
  config ??= fetch('/config.json').then((answer) => {
    if (!answer.ok) throw new Error(`config.json: ${answer.status}`)
    return answer.json() as Promise<PageConfig>
  })
  config.catch(() => {
    config = undefined
  })
  return config
}
