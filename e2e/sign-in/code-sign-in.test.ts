import { expectAccessible } from '../shared/accessibility.ts'
import { chromium } from '../shared/chromium.ts'
import { expect, test } from '../shared/fixtures.ts'
import { somebody } from '../shared/person.ts'
import { ADMIN } from '../shared/service.ts'
import { signInForm } from '../shared/sign-in.ts'
import { aboutStep, codeStep, wrong } from './code-step.ts'
import { type CodeSystem, startCodeSystem } from './code-system.ts'

// One system for all of them, one after the other.
test.describe.configure({ mode: 'default' })
let codeSystem: CodeSystem
test.beforeAll(async () => {
  test.setTimeout(120_000)
  if (chromium !== undefined) codeSystem = await startCodeSystem()
})
test.afterAll(() => codeSystem?.stop())
// Asked for by the hooks too, when there is none yet.
// biome-ignore lint/correctness/noEmptyPattern: Playwright reads from it which fixtures come first
test.use({ baseURL: async ({}, use) => use(codeSystem?.app) })

test('a first visit: the address, the mailed code, then names and birth date, and back to where one came from', async ({
  page,
}) => {
  const ana = somebody('Ana')
  await page.goto('/submissions')
  await page.getByRole('main').getByRole('link', { name: 'Sign in' }).click()
  const form = signInForm(page)
  await expect(form.firstName).toHaveCount(0)
  await form.email.fill(ana.email)
  await form.send.click()
  await expect(codeStep(page).code).toBeFocused()
  await expect(page).toHaveTitle(/^Check your email/)
  await page.keyboard.type(await codeSystem.codeFor(ana.email))
  await expect(page).toHaveTitle(/^About you/)
  await expect(page.getByText(`${ana.email} is new here.`)).toBeVisible()
  await expect(form.firstName).toBeFocused()
  await aboutStep(page).completes(ana)
  await expect(page.getByRole('heading', { name: 'No boards yet' })).toBeVisible()
  await page.reload()
  await expect(page.getByRole('link', { name: 'Ana Silva' })).toBeVisible()
})

test('a second visit: the address and the mailed code, and no question more', async ({ page }) => {
  const ben = somebody('Ben')
  await codeSystem.signIn(ben)
  const step = codeStep(page)
  await step.reachesWith(ben)
  await step.code.fill(await codeSystem.codeFor(ben.email))
  await expect(page.getByText('Signed in as Ben')).toBeVisible()
})

test('the first visit needs no more than a keyboard', async ({ page }) => {
  const kim = somebody('Kim')
  await page.goto('/sign-in')
  await signInForm(page).email.focus()
  await page.keyboard.type(`${kim.email}\n`)
  await expect(codeStep(page).code).toBeFocused()
  await page.keyboard.type(await codeSystem.codeFor(kim.email))
  await expect(signInForm(page).firstName).toBeFocused()
  for (const text of ['Kim', 'Silva', '5', '9']) {
    await page.keyboard.type(text)
    await page.keyboard.press('Tab')
  }
  await page.keyboard.type('1990\n')
  await expect(page.getByText('Signed in as Kim')).toBeVisible()
})

test('what is wrong with a detail is said there, and the address stays proven', async ({ page, complaints }) => {
  complaints.expect(/status of 400/)
  const ana = somebody('Ana')
  const [step, about] = [codeStep(page), aboutStep(page)]
  await step.reachesWith(ana)
  await step.code.fill(await codeSystem.codeFor(ana.email))
  await expect(about.heading).toBeVisible()
  await about.create.click()
  await expect(about.form.firstName).toBeFocused()
  await expect(about.form.firstName).toHaveAccessibleDescription('Enter your first name.')
  await about.form.fillAbout({ ...ana, birthDate: '2020-05-09' })
  await about.create.click()
  await expect(page.getByText('You must be 18 or older.')).toBeVisible()
  await page.reload()
  await about.completes(ana)
})

test('when the time for the details is over, one confirms the address again', async ({ page, complaints }) => {
  complaints.expect(/status of 410/)
  const ana = somebody('Ana')
  const [step, about] = [codeStep(page), aboutStep(page)]
  await step.reachesWith(ana)
  await step.code.fill(await codeSystem.codeFor(ana.email))
  await about.form.fillAbout(ana)
  const problem = { type: '/problems/registration-over', title: 'Gone', status: 410, requestId: 'none' }
  await page.route(/\/accounts\?/, (route) =>
    route.fulfill({
      status: 410,
      contentType: 'application/problem+json',
      headers: { 'access-control-allow-origin': '*' },
      body: JSON.stringify(problem),
    }),
  )
  await about.create.click()
  await expect(page.getByRole('heading', { name: 'That took too long' })).toBeVisible()
  await expect(about.form.email).toHaveValue(ana.email)
  await expect(about.form.email).toBeFocused()
})

test('a pasted code with a space in it is sent by itself', async ({ page }) => {
  const ana = somebody('Ana')
  const step = codeStep(page)
  await step.reachesWith(ana)
  const code = await codeSystem.codeFor(ana.email)
  await page.evaluate((text) => navigator.clipboard.writeText(text), `${code.slice(0, 3)} ${code.slice(3)}`)
  await step.code.press('ControlOrMeta+V')
  await expect(aboutStep(page).heading).toBeVisible()
})

test('a phone can fill in the code', async ({ page }) => {
  const step = codeStep(page)
  await step.reachesWith(somebody('Ana'))
  await expect(step.code).toHaveAttribute('autocomplete', 'one-time-code')
  await expect(step.code).toHaveAttribute('inputmode', 'numeric')
})

test('a reload does not lose the code that is on its way', async ({ page }) => {
  const ana = somebody('Ana')
  const step = codeStep(page)
  await step.reachesWith(ana)
  await page.reload()
  await expect(page.getByText(ana.email)).toBeVisible()
  await step.code.fill(await codeSystem.codeFor(ana.email))
  await expect(aboutStep(page).heading).toBeVisible()
})

test('nor does a browser whose store cannot be touched', async ({ page }) => {
  await page.addInitScript(() => {
    for (const store of ['localStorage', 'sessionStorage'])
      Object.defineProperty(window, store, {
        get() {
          throw new DOMException('Access is denied for this document.', 'SecurityError')
        },
      })
  })
  const ana = somebody('Ana')
  const step = codeStep(page)
  await step.reachesWith(ana)
  await page.getByRole('link', { name: 'Board', exact: true }).first().click()
  await page.goBack()
  await step.code.fill(await codeSystem.codeFor(ana.email))
  await expect(aboutStep(page).heading).toBeVisible()
})

test('a wrong code says how many tries are left; after the last one the address is still there', async ({
  page,
  complaints,
}) => {
  complaints.expect(/status of (400|410)/)
  const ana = somebody('Ana')
  const step = codeStep(page)
  await step.reachesWith(ana)
  const guess = wrong(await codeSystem.codeFor(ana.email))
  for (const left of ['4 tries', '3 tries', '2 tries', '1 try']) {
    await step.code.fill('')
    await step.code.fill(guess)
    const sentence = `That code does not match. You have ${left} left.`
    await expect(step.code).toHaveAccessibleDescription(sentence)
  }
  await step.code.fill('')
  await step.code.fill(guess)
  await expect(page.getByRole('heading', { name: 'This code no longer works' })).toBeVisible()
  await expect(signInForm(page).email).toHaveValue(ana.email)
})

test('a code of fewer than six digits is not sent', async ({ page }) => {
  const step = codeStep(page)
  await step.reachesWith(somebody('Ana'))
  await step.code.fill('12a3')
  await step.submit.click()
  await expect(step.code).toHaveAccessibleDescription('Enter all six digits.')
  await expect(step.code).toHaveValue('123')
  await expect(step.code).toBeFocused()
})

test('another code can be asked for once the time that the service names is over', async ({ page }) => {
  const ana = somebody('Ana')
  const step = codeStep(page)
  await page.clock.install()
  await step.reachesWith(ana)
  await expect(step.resend).toHaveText(/^Send a new code in 0:(30|2\d)$/)
  await expect(step.resend).toHaveAttribute('aria-disabled', 'true')
  await page.clock.fastForward(31_000)
  await expect(step.resend).toHaveText('Send a new code')
  const asked = page.waitForRequest(/\/login$/)
  await step.resend.click()
  expect((await asked).postDataJSON()).toEqual({ email: ana.email })
  await expect(step.resend).toHaveText(/^Send a new code in/)
  await step.code.fill(await codeSystem.codeFor(ana.email))
  await expect(aboutStep(page).heading).toBeVisible()
})

test('another code that could not be sent is said, and can be asked for again', async ({ page, complaints }) => {
  complaints.expect(/ERR_FAILED|status of/)
  const step = codeStep(page)
  await page.clock.install()
  await step.reachesWith(somebody('Ana'))
  await page.clock.fastForward(31_000)
  await page.route(/\/login$/, (route) => route.abort(), { times: 1 })
  await step.resend.click()
  await expect(page.getByRole('alert')).toContainText('We cannot reach the server.')
  await step.resend.click()
  await expect(page.getByText('New code sent')).toBeVisible()
})

test('a machine whose clock runs ahead does not lose the code in a reload', async ({ page }) => {
  const ana = somebody('Ana')
  await page.clock.install()
  await codeStep(page).reachesWith(ana)
  await page.clock.fastForward('15:00')
  await page.reload()
  await codeStep(page).code.fill(await codeSystem.codeFor(ana.email))
  await expect(aboutStep(page).heading).toBeVisible()
})

test('where the clock was set back meanwhile, nobody waits longer for another code than at first', async ({ page }) => {
  await page.clock.install()
  const step = codeStep(page)
  await step.reachesWith(somebody('Ana'))
  await page.clock.setSystemTime(Date.now() - 3_600_000)
  await page.reload()
  await expect(step.resend).toHaveText(/^Send a new code in 0:(30|2\d)$/)
})

test('a code of another shape that was stored here is not one', async ({ page }) => {
  await page.goto('/sign-in')
  for (const stored of ['{', '"x"', '{"challengeId":"x"}', '{"challengeId":"x","email":"ana@example.org"}']) {
    await page.evaluate((text) => sessionStorage.setItem('mailed-code', text), stored)
    await page.reload()
    await expect(signInForm(page).email, stored).toHaveValue('')
  }
})

test('“Use another email address” leads back to the address', async ({ page }) => {
  const ana = somebody('Ana')
  const other = somebody('Ana').email
  const step = codeStep(page)
  const form = signInForm(page)
  await step.reachesWith(ana)
  await step.otherEmail.click()
  await expect(form.email).toBeFocused()
  await form.email.fill(other)
  await form.send.click()
  await step.code.fill(await codeSystem.codeFor(other))
  await expect(aboutStep(page).heading).toBeVisible()
})

test('a mistyped address is offered as it was meant, and changed only when asked', async ({ page, complaints }) => {
  complaints.expect(/status of 400/)
  const typed = somebody('Ana', 'undeliverable.typo')
  const meant = typed.email.replace('@example.org', '@gmail.com')
  const form = signInForm(page)
  await page.goto('/sign-in')
  await form.email.fill(typed.email)
  await form.send.click()
  await expect(page.getByText(`Did you mean ${meant}?`)).toBeVisible()
  await expect(form.email).toHaveValue(typed.email)
  await expect(form.email).toBeFocused()
  expect(codeSystem.mailsTo(typed.email)).toBe(0)
  await page.getByRole('button', { name: 'Use it' }).click()
  await expect(form.email).toHaveValue(meant)
  await expect(page.getByText('Did you mean')).toHaveCount(0)
})

test('with the verifier down, the code is mailed all the same, and the page says what that means', async ({ page }) => {
  const ana = somebody('Ana', 'status249')
  const step = codeStep(page)
  await step.reachesWith(ana)
  await expect(page.getByRole('heading', { name: 'We cannot check email addresses right now.' })).toBeVisible()
  await step.code.fill(await codeSystem.codeFor(ana.email))
  await expect(aboutStep(page).heading).toBeVisible()
})

test('a whole code and Enter send one request', async ({ page }) => {
  const ana = somebody('Ana')
  const step = codeStep(page)
  await step.reachesWith(ana)
  const code = await codeSystem.codeFor(ana.email)
  const sent: string[] = []
  page.on('request', (request) => {
    if (request.method() === 'POST') sent.push(request.url())
  })
  await step.code.fill(code)
  await page.keyboard.press('Enter')
  await expect(aboutStep(page).heading).toBeVisible()
  expect(sent).toEqual([`${codeSystem.api}/login/code?session=cookie`])
})

test('once an error is over, the code can be sent again', async ({ page, complaints }) => {
  complaints.expect(/ERR_FAILED|status of/)
  const ana = somebody('Ana')
  const step = codeStep(page)
  await step.reachesWith(ana)
  await page.route(/\/login\/code\?/, (route) => route.abort(), { times: 1 })
  await step.code.fill(await codeSystem.codeFor(ana.email))
  await expect(page.getByRole('alert')).toContainText('We cannot reach the server.')
  await step.submit.click()
  await expect(aboutStep(page).heading).toBeVisible()
})

test('the last administrator cannot give up the role, and is told why', async ({ page, complaints }) => {
  complaints.expect(/status of 409/)
  await codeSystem.adminSignsIn(page)
  await page.goto(`/people?search=${ADMIN.email}`)
  await page.getByRole('button', { name: 'More for Ada Min' }).click()
  await page.getByRole('table').getByRole('button', { name: 'Give up admin role' }).click()
  const dialog = page.getByRole('alertdialog', { name: 'Stop being an administrator?' })
  await dialog.getByRole('button', { name: 'Give up admin role' }).click()
  await expect(dialog.getByRole('alert')).toContainText(/administrator/)
  await page.keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)
  await expect(
    page.getByRole('row').filter({ hasText: ADMIN.email }).getByRole('cell', { name: 'Admin', exact: true }),
  ).toBeVisible()
})

test('the last administrator cannot erase the account while there are others, and is told what to do', async ({
  page,
  complaints,
}) => {
  complaints.expect(/status of 409/)
  await codeSystem.signIn(somebody('Ana'))
  await codeSystem.adminSignsIn(page)
  await page.goto('/account')
  await page.getByRole('button', { name: 'Erase account…' }).click()
  const dialog = page.getByRole('alertdialog', { name: 'Erase your account?' })
  await dialog.getByRole('textbox').fill(ADMIN.email)
  await dialog.getByRole('button', { name: 'Erase account' }).click()
  await expect(dialog.getByRole('alert')).toContainText('Make someone else one, then erase your account.')
  await page.reload()
  await expect(page.getByRole('definition').filter({ hasText: ADMIN.email })).toBeVisible()
})

test('axe finds nothing to say of the steps of address and code', async ({ page, complaints }) => {
  complaints.expect(/status of 400/)
  const form = signInForm(page)
  await page.goto('/sign-in')
  await form.email.fill(somebody('Ana', 'undeliverable.typo').email)
  await form.send.click()
  await expect(page.getByText('Did you mean')).toBeVisible()
  await expectAccessible(page)
  const ana = somebody('Ana', 'status249')
  await form.email.fill(ana.email)
  await form.send.click()
  await codeStep(page).code.fill(wrong(await codeSystem.codeFor(ana.email)))
  await expect(page.getByText('4 tries left')).toBeVisible()
  await expectAccessible(page)
})

test('nor of the step of the details', async ({ page }) => {
  const ana = somebody('Ana')
  await codeStep(page).reachesWith(ana)
  await codeStep(page).code.fill(await codeSystem.codeFor(ana.email))
  await aboutStep(page).create.click()
  await expect(page.getByText('Enter your first name.')).toBeVisible()
  await expectAccessible(page)
})
