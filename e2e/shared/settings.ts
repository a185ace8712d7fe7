import type { Page } from '@playwright/test'

/** The header's menu of theme and language, in any language. */
export function settingsOn(page: Page) {
  const button = page.getByRole('banner').getByRole('button', { name: /^(?:EN|DE), / })
  return {
    button,
    language: (name: 'English' | 'Deutsch') => page.getByRole('button', { name, exact: true }),
    theme: (name: 'Light' | 'Dark' | 'System') =>
      page.getByRole('group', { name: 'Theme' }).getByRole('radio', { name }),
    async chooses(name: 'English' | 'Deutsch') {
      await button.click()
      await this.language(name).click()
    },
  }
}
