import type { Page } from '@playwright/test'
import { expectAccessible } from '../shared/accessibility.ts'
import { downloadBy, dropFile } from '../shared/files.ts'
import { expect, test } from '../shared/fixtures.ts'
import { settingsOn } from '../shared/header.ts'
import { somebody } from '../shared/person.ts'

const clouds = (page: Page) => page.getByRole('toolbar', { name: 'Wolken' })

test('a language that was chosen by keyboard is kept, and so is the board', async ({ page, context, settings }) => {
  await page.goto(`/#${'0'.repeat(1500)}`)
  await settings.button.press('Enter')
  // Each in itself, to be read out by its own voice.
  await expect(page.getByRole('group', { name: 'Language' }).getByRole('button')).toHaveText(['English', 'Deutsch'])
  await expect(settings.language('English')).toHaveAttribute('aria-current', 'true')
  await expect(settings.language('Deutsch')).toHaveAttribute('lang', 'de')
  await settings.language('Deutsch').press('Enter')
  await expect(page).toHaveTitle('Brett · Jumping On The Clouds')
  await expect(page.getByText('Wolken 0 bis')).toHaveText(/von 1\.500/)
  await page.reload()
  await expect(clouds(page)).toBeVisible()
  const another = await context.newPage()
  await another.goto('/sign-in')
  await expect(another.getByRole('heading', { level: 1, name: 'Anmelden' })).toBeVisible()
  await settingsOn(another).chooses('English')
  await expect(another.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible()
})

test.describe('in a German browser', () => {
  test.use({ locale: 'de-DE' })

  test('the first visit is in German: words, window, document', async ({ page }) => {
    await page.goto('/')
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Der kürzeste Weg ans Ziel')
    await expect(page).toHaveTitle('Brett · Jumping On The Clouds')
    await expect(page.locator('html')).toHaveAttribute('lang', 'de')
    await expect(clouds(page).getByRole('button').nth(1)).toHaveAccessibleName(/^Wolke 1, (Quellwolke|Gewitterwolke)$/)
    await expectAccessible(page)
  })

  test('what is wrong with the details is said in German, whoever found it', async ({ page, calls }) => {
    await page.goto('/sign-in')
    const main = page.getByRole('main')
    const fills = async (fields: Record<string, string>) => {
      for (const [name, value] of Object.entries(fields)) await main.getByLabel(name, { exact: true }).fill(value)
    }
    const signsIn = () => main.getByRole('button', { name: 'Anmelden', exact: true }).click()
    await fills({ Tag: '31', Monat: '2', Jahr: '1990' })
    await page.keyboard.press('Tab')
    await expect(page.getByText('Einen 31. Februar gibt es nicht. Prüfe Tag und Monat.')).toBeVisible()
    await signsIn()
    await expect(page.getByText('Gib deinen Vornamen ein.')).toBeVisible()
    await expectAccessible(page)
    await calls.fail('POST', '/login', 'invalid-input', {
      errors: [{ field: 'firstName', message: 'What the service says.', code: 'noLetter' }],
    })
    await fills({ 'E-Mail-Adresse': somebody('Ana').email, Vorname: 'Ana', Nachname: 'Silva', Tag: '28' })
    await signsIn()
    const sentence = 'Dein Vorname braucht mindestens einen Buchstaben.'
    await expect(main.getByLabel('Vorname')).toHaveAccessibleDescription(sentence)
  })

  test('what the service refuses, what of a file was not read, and dates are in German', async ({
    page,
    ana,
    calls,
  }) => {
    await calls.fail('POST', '/jotc', 'idempotency-key-reused')
    await ana.opens('/#0010010')
    await page.getByRole('button', { name: 'Brett speichern', exact: true }).click()
    // A conflict is not always about administrators.
    await expect(page.getByRole('alert')).toContainText('Lade die Seite neu')
    await expect(page.getByRole('alert')).not.toContainText('Admin')

    await page.getByRole('link', { name: 'Import', exact: true }).first().click()
    await expect(page.getByRole('heading', { level: 1, name: 'Bretter importieren' })).toBeVisible()
    await dropFile(page, 'boards.txt', '0 0 2 0\n000\n0;;0')
    await expect(page.getByText('Fertig. 1 von 3 Brettern ist gespeichert.')).toBeVisible()
    await expect(page.getByRole('table', { name: 'Nicht gelesen' }).getByRole('row')).toHaveText([
      'Was nicht stimmtBretter',
      'An Position 3 steht „2“. Erlaubt sind nur 0 und 1.Zeile 11',
      'Zelle 2 ist leer. Bis zur letzten Wolke steht in jeder Zelle eine 0 oder eine 1.Zeile 31',
    ])
    await page.getByRole('button', { name: 'Fehlerliste herunterladen' }).click()
    const file = await downloadBy(page, () => page.getByRole('button', { name: 'CSV für Tabellen' }).click())
    expect(file.text).toContain('An Position 3 steht')

    await page.getByRole('link', { name: 'Ana Silva' }).click()
    await expect(page.getByRole('definition').filter({ hasText: '09.05.1990' })).toBeVisible()
  })

  test('the longer words of every page fit, from right to left too', async ({ page, ana, admin, complaints }) => {
    complaints.expect(/status of 404/)
    await ana.submits('00', '0'.repeat(10_000))
    await admin.signsIn()
    const fits = async (path: string, dir: 'ltr' | 'rtl', widths: number[]) => {
      await page.evaluate((dir) => Object.assign(document.documentElement, { dir }), dir)
      for (const width of widths) {
        await page.setViewportSize({ width, height: 844 })
        expect.soft(await overflow(page), `${path}, ${dir}, ${width} px`).toBe(0)
      }
    }
    for (const path of ['/', '/sign-in', '/submissions', '/import', '/account', '/people', '/nowhere']) {
      await opens(page, path)
      await fits(path, 'ltr', [320, 390, 768, 1024])
      await fits(path, 'rtl', [390, 1440])
      if (path !== '/') continue
      const clouds = page.getByRole('toolbar').getByRole('button')
      const [first, last] = [await clouds.first().boundingBox(), await clouds.last().boundingBox()]
      expect(first?.x, 'the board runs from left to right').toBeLessThan(last?.x ?? 0)
    }
  })
})

/** With all that is on it. */
async function opens(page: Page, path: string): Promise<void> {
  await page.goto(path)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await expect(page.getByRole('progressbar')).toHaveCount(0)
}

/** How far the page is wider than its window, in px. */
function overflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
}

test('a page that the browser translates goes on: what changes is seen to change', async ({ page, board }) => {
  await board.opens('0000100')
  await translate(page)
  await board.shows('4\\s*jumps')
  await board.cloud(4).click()
  await board.shows('3\\s*jumps')
  await expect(page.getByRole('paragraph').filter({ hasText: /^No other route is this fast\.$/ })).toBeVisible()
  await board.button('Undo').click()
  await board.shows('4\\s*jumps')
  await translate(page)
  await board.button('Step forward').click()
  await expect(page.getByText('1 of 4', { exact: true })).toBeVisible()
  await board.button('Add a cloud').click()
  await expect(page.getByText(/^8\s*clouds$/)).toBeVisible()
  await board.button('Play').click()
  await expect(board.button('Pause')).toBeVisible()
  await page.getByRole('link', { name: 'Import' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Import' })).toBeFocused()
})

/** As browsers do it: each text is taken off the page, and stands in elements of the translator from then on. */
function translate(page: Page): Promise<void> {
  return page.evaluate(() => {
    const texts: Text[] = []
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    while (walker.nextNode()) texts.push(walker.currentNode as Text)
    for (const text of texts) {
      const [outer, inner] = [document.createElement('font'), document.createElement('font')]
      inner.textContent = text.data
      outer.append(inner)
      text.replaceWith(outer)
    }
  })
}
