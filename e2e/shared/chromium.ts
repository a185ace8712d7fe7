import { ensureProgram } from '../../scripts/programs.ts'

const { CHROMIUM = ensureProgram('headlessChromium') ?? '' } = process.env
// Workers inherit the environment, so that only the first process looks for the browser, or installs it.
Object.assign(process.env, { CHROMIUM })

/** The path of this machine's Chromium; undefined where there is none. */
export const chromium: string | undefined = CHROMIUM || undefined

export const LAUNCH = {
  // Without a path Playwright would look for a browser of its own, which nobody has downloaded.
  executablePath: chromium ?? 'chromium',
  args: ['--disable-gpu', '--disable-quic', '--disable-sync', '--disable-component-update', '--disable-extensions'],
}
