import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { ensureProgram } from '../../../scripts/programs.ts'

/** Fetched by npm when it is asked for: with all it needs it is 176 MB, too much for everybody's `npm ci`. */
const PACKAGE = 'lighthouse@13.5.0'
const run = promisify(execFile)

type Result = { categories: Record<string, { score: number | null }> }

/**
 * Lighthouse's scores of a page, 0 to 100, with the Chromium of this machine and Lighthouse's own defaults (a phone).
 *
 * @returns why there are none, in words, where Chromium or the registry is missing
 */
export async function lighthouse(url: string): Promise<Record<string, number> | string> {
  const chromium = ensureProgram('chromium')
  if (chromium === undefined) return 'Chromium is not on this machine'
  const flags = '--headless=new --no-sandbox --disable-gpu --disable-background-networking --disable-component-update'
  const options = ['--output=json', '--quiet', '--no-enable-error-reporting', `--chrome-flags=${flags}`]
  try {
    const { stdout } = await run(
      'npm',
      ['exec', '--yes', `--package=${PACKAGE}`, '--', 'lighthouse', url, ...options],
      {
        // biome-ignore lint/style/noProcessEnv: npm needs what it always has; Lighthouse finds Chromium by this name.
        env: { ...process.env, CHROME_PATH: chromium },
        maxBuffer: 64 * 1024 * 1024,
      },
    )
    const { categories } = JSON.parse(stdout) as Result
    return Object.fromEntries(
      Object.entries(categories).map(([name, { score }]) => [name, Math.round((score ?? 0) * 100)]),
    )
  } catch (error) {
    return (error as Error).message.split('\n').slice(0, 2).join(' ')
  }
}
