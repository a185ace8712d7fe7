import type { Translation } from '../languages.ts'
import type { t as en, HTML_WORDS as enHtml } from './en.ts'

export const LANGUAGE = 'de'

export const FALLBACK_LOCALE = 'de'

export const HTML_WORDS: Translation<typeof enHtml> = {
  direction: 'ltr',
  description:
    'Zeichne eine Reihe von Wolken und sieh die wenigsten Sprünge von der ersten zur letzten, vorbei an jedem Gewitter.',
  noScript: 'Jumping On The Clouds braucht JavaScript: Es löst die Bretter in deinem Browser.',
}

export const APP_NAME = 'Jumping On The Clouds'

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
}
