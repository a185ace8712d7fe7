import type { t as en } from '../en/lists.ts'
import type { Translation } from '../languages.ts'

export const t: Translation<typeof en> = {
  pages: 'Seiten',
  range: (first, last, total) => `${first} bis ${last} von ${total}`,
  about: (total) => `etwa ${total}`,
  rows: 'Zeilen',
  previous: 'Zurück',
  next: 'Weiter',
  page: (page) => `Seite ${page}`,
  pageOf: (page, pages) => `Seite ${page} von ${pages}`,
}
