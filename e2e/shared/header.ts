import type { Page } from '@playwright/test'

/** A link of the main navigation, which is the tab bar on phones. */
export function nav(page: Page, name: string) {
  return page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name, exact: true })
}

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
