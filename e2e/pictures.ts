import { execFile } from 'node:child_process'
import { mkdir, readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { startSystem } from '@jotc/testing/npm-start'
import { type Browser, chromium as engine, type Page } from '@playwright/test'
import { people } from '../scripts/demo/people.ts'
import { boardOn } from './board/board.ts'
import { LAUNCH } from './shared/chromium.ts'
import { Person } from './shared/person.ts'
import { submissionsOn } from './submissions/submissions.ts'

/**
 * `npm run pictures`: takes the README's pictures of a system full of sample data, into docs/pictures, and draws the
 * app's icons, into app/public.
 */
const ROOT = resolve(import.meta.dirname, '..')
const FOLDER = join(ROOT, 'docs', 'pictures')

type Picture = { name: string; width: number; height: number; colorScheme: 'light' | 'dark' }

const system = await startSystem('development')
Object.assign(process.env, { E2E_APP_URL: system.app, E2E_API_URL: `${system.app}/api` })
const browser = await engine.launch(LAUNCH)
try {
  const env = { ...process.env, DATA_DIR: system.dataDir }
  await promisify(execFile)(process.execPath, ['scripts/demo.ts'], { cwd: ROOT, env })
  await mkdir(FOLDER, { recursive: true })
  await take({ name: 'board-light', width: 1440, height: 900, colorScheme: 'light' }, midRoute)
  await take({ name: 'board-phone-dark', width: 390, height: 844, colorScheme: 'dark' }, midRoute)
  await take({ name: 'submissions-dark', width: 1440, height: 1000, colorScheme: 'dark' }, everybodysSubmissions)
  for (const size of [180, 192, 512]) await drawIcon(size)
} finally {
  await browser.close()
  await system.stop()
}

async function take({ name, width, height, colorScheme }: Picture, arrange: (page: Page) => Promise<void>) {
  const page = await pageOf(browser, { viewport: { width, height }, colorScheme })
  await arrange(page)
  const path = join(FOLDER, `${name}.png`)
  await page.screenshot({ path })
  await page.context().close()
  console.log(path)
}

/** The mark on the sky, with room around it: a phone cuts the icon into its own shape. */
async function drawIcon(size: number): Promise<void> {
  const page = await pageOf(browser, { viewport: { width: size, height: size }, colorScheme: 'light' })
  const mark = await readFile(join(ROOT, 'app', 'public', 'mark.svg'), 'utf8')
  await page.setContent(`<body style="margin:0;display:grid;place-items:center;height:100vh;background:#d6e8f4">
    <div style="width:66%">${mark}</div></body>`)
  const path = join(ROOT, 'app', 'public', `icon-${size}.png`)
  await page.screenshot({ path })
  await page.context().close()
  console.log(path)
}

function pageOf(browser: Browser, look: object): Promise<Page> {
  return browser.newPage({
    ...look,
    baseURL: system.app,
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    reducedMotion: 'reduce',
  })
}

async function midRoute(page: Page): Promise<void> {
  await page.goto('/')
  for (let jump = 0; jump < 4; jump++) await boardOn(page).button('Step forward').click()
  await page.getByText('4 of 11', { exact: true }).waitFor()
  // Where a person would be who looks at the answer: at the top, with nothing focused.
  await page.evaluate(() => (document.activeElement as HTMLElement).blur())
  await page.evaluate(() => scrollTo(0, 0))
}

async function everybodysSubmissions(page: Page): Promise<void> {
  const [admin] = people()
  if (admin === undefined) throw new Error('The sample data have no administrator.')
  await (await Person.joins(page, admin)).signsIn()
  await submissionsOn(page).opens()
  await submissionsOn(page).rows.first().getByRole('link').waitFor()
  await submissionsOn(page).loading.waitFor({ state: 'detached' })
}
