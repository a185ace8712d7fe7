import { execFile } from 'node:child_process'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { startSystem } from '@jotc/testing/service/npm-start'
import { type Browser, chromium as engine, type Page } from '@playwright/test'
import { people } from '../scripts/demo/people.ts'
import { boardOn } from './board/board.ts'
import { boards, importOn } from './import/import.ts'
import { LAUNCH } from './shared/chromium.ts'
import { Person } from './shared/person.ts'
import { submissionsOn } from './submissions/submissions.ts'

/**
 * `npm run pictures`: takes the README's pictures of a system full of sample data, into docs/pictures, and draws the
 * app's icons, into app/public.
 */
const ROOT = resolve(import.meta.dirname, '..')
const FOLDER = join(ROOT, 'docs', 'pictures')

type Look = { width: number; height: number; colorScheme: 'light' | 'dark' }

const system = await startSystem('development')
Object.assign(process.env, { E2E_APP_URL: system.app, E2E_API_URL: `${system.app}/api` })
const browser = await engine.launch(LAUNCH)
try {
  const env = { ...process.env, DATA_DIR: system.dataDir }
  await promisify(execFile)(process.execPath, ['scripts/demo.ts'], { cwd: ROOT, env })
  await mkdir(FOLDER, { recursive: true })
  const pictures: [name: string, arrange: (page: Page) => Promise<void>, look?: Partial<Look>][] = [
    ['board', midRoute],
    ['board-phone', midRoute, { width: 390, height: 844, colorScheme: 'dark' }],
    ['play', midGame, { colorScheme: 'dark' }],
    ['submissions', everybodysSubmissions, { colorScheme: 'dark' }],
    ['import', importedFile],
    ['people', allPeople],
    ['account', ownAccount],
    ['sign-in', signIn, { colorScheme: 'dark' }],
  ]
  for (const [name, arrange, look] of pictures)
    await take(name, { width: 1440, height: 900, colorScheme: 'light', ...look }, arrange)
  for (const size of [180, 192, 512]) await drawIcon(size)
} finally {
  await browser.close()
  await system.stop()
}

/** As WebP, which is a third of a PNG; of what Playwright writes, none is. */
async function take(name: string, { width, height, colorScheme }: Look, arrange: (page: Page) => Promise<void>) {
  const page = await pageOf(browser, { viewport: { width, height }, colorScheme })
  await arrange(page)
  // Where a person would be who looks at it: at the top, with nothing focused.
  await page.evaluate(() => (document.activeElement as HTMLElement).blur())
  await page.evaluate(() => scrollTo(0, 0))
  const session = await page.context().newCDPSession(page)
  const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality: 82 })
  const path = join(FOLDER, `${name}.webp`)
  await writeFile(path, data, 'base64')
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
}

async function midGame(page: Page): Promise<void> {
  await page.goto('/')
  await boardOn(page).button('Play it yourself').click()
  for (const index of [1, 3]) await boardOn(page).cloud(index).click()
}

async function everybodysSubmissions(page: Page): Promise<void> {
  await administratorSignsIn(page)
  await submissionsOn(page).opens()
  await submissionsOn(page).rows.first().getByRole('link').waitFor()
  await submissionsOn(page).loading.waitFor({ state: 'detached' })
}

async function importedFile(page: Page): Promise<void> {
  await administratorSignsIn(page)
  await importOn(page).opens()
  await importOn(page).chooses('class-7b.txt', [...boards(24), '0 0 2 0', ...boards(6)])
  await importOn(page).errors.waitFor()
}

async function allPeople(page: Page): Promise<void> {
  await administratorSignsIn(page)
  await page.goto('/people')
  await page.getByRole('row').nth(10).waitFor()
}

async function ownAccount(page: Page): Promise<void> {
  await administratorSignsIn(page)
  await page.goto('/account')
  await page.getByText('This device').waitFor()
}

async function signIn(page: Page): Promise<void> {
  await page.goto('/sign-in')
  await page.getByRole('textbox', { name: 'Email' }).waitFor()
}

async function administratorSignsIn(page: Page): Promise<void> {
  const [admin] = people()
  if (admin === undefined) throw new Error('The sample data have no administrator.')
  await (await Person.joins(page, admin)).signsIn()
}
