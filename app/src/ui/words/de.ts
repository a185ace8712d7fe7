import type { Translation } from '#i18n/languages.ts'
import type { t as en } from './en.ts'

export const t: Translation<typeof en> = {
  pages: 'Seiten',
  range: (first, last, total) => `${first} bis ${last} von ${total}`,
  rangeOfAbout: (first, last, total) => `${first} bis ${last} von etwa ${total}`,
  rows: 'Zeilen pro Seite',
  previous: 'Zurück',
  next: 'Weiter',
  page: (page) => `Seite ${page}`,
  pageOf: (page, pages) => `Seite ${page} von ${pages}`,
  pastEnd: 'Auf dieser Seite ist nichts',
  pastEndDetail: 'Die Liste endet vor dieser Seite.',
  toFirst: 'Zur ersten Seite',
  outdated: 'Nicht auf dem neuesten Stand',
  formats: {
    csv: { name: 'CSV', use: '{name} für Tabellen' },
    csvSemicolons: { name: 'CSV', use: '{name} für deutsches Excel' },
    ndjson: { name: 'JSON-Zeilen', use: '{name} für Programme' },
  },
  notLoaded: 'Diese Seite wurde nicht geladen',
  boardWorks: 'Das Brett geht weiterhin.',
  toBoard: 'Zurück zum Brett',
  notFound: 'Hier ist keine Wolke',
  notFoundDetail: 'Unter dieser Adresse gibt es nichts. Vielleicht ist der Link alt, oder ein Buchstabe fehlt.',
}
