import { pasteInto } from '../board/board.ts'
import { expectAccessible } from '../shared/accessibility.ts'
import { chromium } from '../shared/chromium.ts'
import { expect, test } from '../shared/fixtures.ts'
import { somebody } from '../shared/person.ts'
import { looksAgain } from '../shared/routing.ts'
import { type CodeSystem, startCodeSystem } from './code-system.ts'
import { testPasskeys } from './passkeys.ts'

// One system for all of them, one after the other.
test.describe.configure({ mode: 'default' })
let codeSystem: CodeSystem
test.beforeAll(async () => {
  if (chromium !== undefined) codeSystem = await startCodeSystem()
})
test.afterAll(() => codeSystem?.stop())
// Asked for by the hooks too, when there is none yet.
// biome-ignore lint/correctness/noEmptyPattern: Playwright reads from it which fixtures come first
test.use({ baseURL: async ({}, use) => use(codeSystem?.app) })

test('a first visit: the address, the mailed code, then names and birth date, and back to where one came from', async ({
  page,
  complaints,
  form,
  step,
}) => {
  complaints.expect(/status of 400/)
  const ana = somebody('Ana')
  await page.goto('/submissions')
  await page.getByRole('main').getByRole('link', { name: 'Sign in' }).click()
  await expect(form.firstName).toHaveCount(0)
  await form.email.fill(ana.email)
  await form.send.click()
  await expect(step.code).toBeFocused()
  await expect(page).toHaveTitle(/^Check your email/)
  const code = await codeSystem.codeFor(ana.email)
  const sent: string[] = []
  page.on('request', (request) => request.method() === 'POST' && sent.push(request.url()))
  // The last digit sends it.
  await pasteInto(page, `${code.slice(0, 3)} ${code.slice(3)}`)
  await page.keyboard.press('Enter')
  await expect(page).toHaveTitle(/^About you/)
  expect(sent).toEqual([`${codeSystem.api}/login/code?session=cookie`])

  await expect(page.getByText(`${ana.email} is new here.`)).toBeVisible()
  await step.create.click()
  await expect(form.firstName).toBeFocused()
  await expect(form.firstName).toHaveAccessibleDescription('Enter your first name.')
  await expectAccessible(page)
  await form.fillAbout({ ...ana, birthDate: '2020-05-09' })
  await step.create.click()
  await expect(page.getByText('You must be 18 or older.')).toBeVisible()
  // The address stays proven.
  await page.reload()
  await expect(form.firstName).toBeFocused()
  await form.fillAbout(ana)
  await step.create.click()
  await expect(page.getByRole('heading', { name: 'No boards yet' })).toBeVisible()
  await page.reload()
  await expect(page.getByRole('link', { name: 'Ana Silva' })).toBeVisible()
})

test('once an error is over the code can be sent again; too late with the details, one begins anew', async ({
  page,
  complaints,
  calls,
  form,
  step,
}) => {
  complaints.expect(/ERR_FAILED|status of/)
  const ana = somebody('Ana')
  await step.reachesWith(ana)
  await page.route(/\/login\/code\?/, (route) => route.abort(), { times: 1 })
  await step.code.fill(await codeSystem.codeFor(ana.email))
  await expect(page.getByRole('alert')).toContainText('We cannot reach the server.')
  await step.submit.click()
  await expect(step.aboutYou).toBeVisible()
  await form.fillAbout(ana)
  await calls.fail('POST', '/accounts', 'registration-over')
  await step.create.click()
  await expect(page.getByRole('heading', { name: 'That took too long' })).toBeVisible()
  await expect(form.email).toHaveValue(ana.email)
  await expect(form.email).toBeFocused()
})

test('a look at another page loses no code, even where no store can be touched', async ({ page, step }) => {
  await page.addInitScript(() => {
    for (const store of ['localStorage', 'sessionStorage'])
      Object.defineProperty(window, store, {
        get() {
          throw new DOMException('Access is denied for this document.', 'SecurityError')
        },
      })
  })
  const ana = somebody('Ana')
  await step.reachesWith(ana)
  await page.getByRole('link', { name: 'Board', exact: true }).first().click()
  await page.goBack()
  await step.code.fill(await codeSystem.codeFor(ana.email))
  await expect(step.aboutYou).toBeVisible()
})

test('a part of a code is not sent; a wrong one says how many tries are left, and after the last the address stays', async ({
  page,
  complaints,
  form,
  step,
}) => {
  complaints.expect(/status of (400|410)/)
  const ana = somebody('Ana')
  await step.reachesWith(ana)
  // A phone can fill it in.
  await expect(step.code).toHaveAttribute('autocomplete', 'one-time-code')
  await expect(step.code).toHaveAttribute('inputmode', 'numeric')
  await step.code.fill('12a3')
  await step.submit.click()
  await expect(step.code).toHaveAccessibleDescription('Enter all six digits.')
  await expect(step.code).toHaveValue('123')
  await expect(step.code).toBeFocused()

  const wrong = (await codeSystem.codeFor(ana.email)) === '000000' ? '111111' : '000000'
  for (const left of ['4 tries', '3 tries', '2 tries', '1 try']) {
    await step.code.fill('')
    await step.code.fill(wrong)
    await expect(step.code).toHaveAccessibleDescription(`That code does not match. You have ${left} left.`)
    if (left === '4 tries') await expectAccessible(page)
  }
  await step.code.fill('')
  await step.code.fill(wrong)
  await expect(page.getByRole('heading', { name: 'This code no longer works' })).toBeVisible()
  await expect(form.email).toHaveValue(ana.email)
})

test('another code can be asked for after the time that the service names, whatever the clock does', async ({
  page,
  step,
  calls,
}) => {
  const ana = somebody('Ana')
  const inHalfAMinute = /^Send a new code in 0:(30|2\d)$/
  await page.clock.install()
  await step.reachesWith(ana)
  await expect(step.resend).toHaveText(inHalfAMinute)
  await expect(step.resend).toHaveAttribute('aria-disabled', 'true')
  // By a clock that runs ahead the code on its way is over, which only the service can say.
  await page.clock.fastForward('15:00')
  await expect(step.resend).toHaveText('Send a new code')
  await page.reload()
  const heal = await calls.cutOff('POST', '/login')
  await step.resend.click()
  await expect(page.getByRole('alert')).toContainText('We cannot reach the server.')
  await heal()
  const asked = page.waitForRequest(/\/login$/)
  await step.resend.click()
  expect((await asked).postDataJSON()).toEqual({ email: ana.email })
  await expect(page.getByText('New code sent')).toBeVisible()
  await expect(step.resend).toHaveText(/^Send a new code in/)
  await page.clock.setSystemTime(Date.now() - 3_600_000)
  await page.reload()
  await expect(step.resend).toHaveText(inHalfAMinute)
  // To the service it is too early for another mail, so the first one's code goes on.
  await step.code.fill(await codeSystem.codeFor(ana.email))
  await expect(step.aboutYou).toBeVisible()
})

test('a code of another shape that was stored here is not one', async ({ page, form }) => {
  await page.goto('/sign-in')
  for (const stored of ['{', '{"challengeId":"x","email":"ana@example.org"}']) {
    await page.evaluate((text) => sessionStorage.setItem('mailed-code', text), stored)
    await page.reload()
    await expect(form.email, stored).toHaveValue('')
  }
})

test('another address can be used; a mistyped one is offered as it was meant, and changed only when asked', async ({
  page,
  complaints,
  form,
  step,
}) => {
  complaints.expect(/status of 400/)
  await step.reachesWith(somebody('Ana'))
  await step.otherEmail.click()
  await expect(form.email).toBeFocused()
  const typed = somebody('Ana', 'undeliverable.typo')
  const meant = typed.email.replace('@example.org', '@gmail.com')
  await form.email.fill(typed.email)
  await form.send.click()
  await expect(page.getByText(`Did you mean ${meant}?`)).toBeVisible()
  await expect(form.email).toHaveValue(typed.email)
  await expect(form.email).toBeFocused()
  await expectAccessible(page)
  expect(codeSystem.mailsTo(typed.email)).toBe(0)
  await page.getByRole('button', { name: 'Use it' }).click()
  await expect(form.email).toHaveValue(meant)
  await expect(page.getByText('Did you mean')).toHaveCount(0)
  const { email } = somebody('Ana')
  await form.email.fill(email)
  await form.send.click()
  await step.code.fill(await codeSystem.codeFor(email))
  await expect(step.aboutYou).toBeVisible()
})

test('with the verifier down, the code is mailed all the same, and the page says so', async ({ page, step }) => {
  const ana = somebody('Ana', 'status249')
  await step.reachesWith(ana)
  await expect(page.getByRole('heading', { name: 'We cannot check email addresses right now.' })).toBeVisible()
  await expectAccessible(page)
  expect(await codeSystem.codeFor(ana.email)).toMatch(/^\d{6}$/)
})

/** As if so many hours had gone by. */
const hoursPass = (hours: number) =>
  codeSystem.sql(`update sessions set created_at = created_at - interval '${hours} hours',
    used_at = used_at - interval '${hours} hours'`)

test('three hours of use sign nobody out', async ({ page }) => {
  await codeSystem.adminSignsIn(page)
  await page.goto('/')
  for (let hour = 1; hour <= 3; hour++) {
    await hoursPass(1)
    const read = page.waitForResponse(/\/me$/)
    await looksAgain(page)
    expect((await read).status()).toBe(200)
  }
  await expect(page.getByRole('link', { name: 'Ada Min' })).toBeVisible()
})

test('who comes back after thirteen hours is signed out, and told why', async ({ page, complaints }) => {
  complaints.expect(/status of 401/)
  await codeSystem.adminSignsIn(page)
  await hoursPass(13)
  await page.goto('/account')
  await expect(page).toHaveURL(/\/sign-in$/)
  await expect(page.getByText('We sign you out after a long time, to keep your account safe.')).toBeVisible()
})

testPasskeys(() => codeSystem)
