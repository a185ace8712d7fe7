import { expect, type Page } from '@playwright/test'

type Role = 'button' | 'checkbox' | 'combobox' | 'link' | 'textbox'

/** The page for somebody who has no mouse. */
export function keyboardOn(page: Page) {
  return {
    press: async (...keys: string[]) => {
      for (const key of keys) await page.keyboard.press(key)
    },
    /** Presses Tab until what has this name has the focus; nothing may hold it fast. */
    async tabTo(role: Role, name: string | RegExp) {
      const target = page.getByRole(role, { name, exact: true })
      const isFocused = () => target.evaluate((element) => element === document.activeElement)
      for (let stops = 0; stops < 60 && !(await isFocused()); stops++) await page.keyboard.press('Tab')
      await expect(target).toBeFocused()
    },
  }
}
