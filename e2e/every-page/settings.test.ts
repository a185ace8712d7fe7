import { expectAccessible } from '../shared/accessibility.ts'
import { expect, test } from '../shared/fixtures.ts'

test('theme and language are one menu, by keyboard too; a chosen theme stays', async ({ page, settings }) => {
  await page.goto('/')
  await settings.button.press('Enter')
  await expect(settings.theme('System')).toBeVisible()
  await page.keyboard.press('Tab')
  await expect(settings.theme('System')).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(settings.button).toBeFocused()
  await expect(settings.theme('System')).toBeHidden()
  await settings.button.press('Enter')
  await settings.language('Deutsch').focus()
  await page.keyboard.press('Tab')
  await expect(settings.language('Deutsch')).toBeHidden()

  await settings.button.click()
  await settings.theme('Dark').check({ force: true })
  await expectAccessible(page)
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
  const night = await ground()
  await page.reload()
  expect(await ground()).toBe(night)
  await settings.button.click()
  await expect(settings.theme('Dark')).toBeChecked()
  await settings.theme('Light').check({ force: true })
  expect(await ground()).not.toBe(night)
})
