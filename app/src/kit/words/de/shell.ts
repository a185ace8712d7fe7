import type { t as en } from '../en/shell.ts'
import type { Translation } from '../languages.ts'

export { APP_NAME } from '../en/shell.ts'

export const t: Translation<typeof en> = {
  skip: 'Zum Inhalt springen',
  main: 'Hauptmenü',
  board: 'Brett',
  submissions: 'Einsendungen',
  import: 'Import',
  people: 'Personen',
  signIn: 'Anmelden',
  account: 'Konto',
  theme: 'Farben',
  light: 'Hell',
  dark: 'Dunkel',
  system: 'System',
  language: 'Sprache',
  loading: 'Seite wird geladen',
  foot: 'Kumulus sind sicher, Gewitterwolken nicht. Ein Sprung führt eine oder zwei Wolken weit.',
  developmentMode: 'Entwicklungsmodus',
  messages: 'Meldungen',
  dismiss: 'Schließen',
  errorCode: 'Fehlercode',
  copyCode: 'Code kopieren',
  codeCopied: 'Kopiert',
  sessionEnded: 'Du bist abgemeldet',
  sessionEndedDetail: 'Deine Sitzung ist zu Ende. Melde dich an, um weiterzumachen.',
}
