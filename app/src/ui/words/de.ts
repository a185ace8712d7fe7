import type { Translation } from '#i18n/languages.ts'
import type { t as en } from './en.ts'

export const t: Translation<typeof en> = {
  pages: 'Seiten',
  range: (first, last, total) => `${first} bis ${last} von ${total}`,
  about: (total) => `etwa ${total}`,
  rows: 'Zeilen',
  previous: 'Zurück',
  next: 'Weiter',
  page: (page) => `Seite ${page}`,
  pageOf: (page, pages) => `Seite ${page} von ${pages}`,
  formats: {
    csv: { label: 'CSV', use: 'für Tabellen' },
    ndjson: { label: 'NDJSON', use: 'für Programme' },
  },
}
