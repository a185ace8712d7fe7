import { expect, type Locator, type Page } from '@playwright/test'

type Role = 'button' | 'checkbox' | 'combobox' | 'link' | 'textbox'

/** The page for somebody who has no mouse. */
export function keyboardOn(page: Page) {
  return {
    press: async (...keys: string[]) => {
      for (const key of keys) await page.keyboard.press(key)
    },
    /** Presses Tab until the target has the focus; nothing may hold it fast. */
    async tabTo(...target: [Locator] | [role: Role, name: string]) {
      const [role, name] = target
      const sought = typeof role === 'string' ? page.getByRole(role, { name: name as string, exact: true }) : role
      const isFocused = () => sought.evaluate((element) => element === document.activeElement)
      for (let stops = 0; stops < 60 && !(await isFocused()); stops++) await page.keyboard.press('Tab')
      await expect(sought).toBeFocused()
    },
  }
}
