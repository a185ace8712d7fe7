import type { Translation } from '../languages.ts'
import type { t as en, HTML_WORDS as enHtml } from './en.ts'

export const LANGUAGE = 'de'

export const FALLBACK_LOCALE = 'de'

export const HTML_WORDS: Translation<typeof enHtml> = {
  direction: 'ltr',
  description: 'Zeichne eine Reihe Wolken und finde den kürzesten Weg ans Ziel, über jede Gewitterwolke hinweg.',
  noScript:
    'Jumping On The Clouds löst Bretter in deinem Browser und braucht dafür JavaScript. Schalte es ein und lade die Seite neu.',
  notLoaded: 'Diese Seite wurde nicht geladen. Lade sie neu.',
}

export const APP_NAME = 'Jumping On The Clouds'

export const t: Translation<typeof en> = {
  skip: 'Zum Inhalt springen',
  main: 'Hauptmenü',
  board: 'Brett',
  submissions: 'Einsendungen',
  myBoards: 'Meine Bretter',
  import: 'Import',
  people: 'Personen',
  signIn: 'Anmelden',
  account: 'Konto',
  settings: 'DE, Sprache und Farbschema',
  theme: 'Farbschema',
  light: 'Hell',
  dark: 'Dunkel',
  system: 'System',
  language: 'Sprache',
  loading: 'Seite wird geladen',
  slow: 'Noch keine Antwort. Wir versuchen es weiter.',
  partNotLoaded: 'Dieser Teil wurde nicht geladen',
  tryAgain: 'Noch einmal versuchen',
  offline: 'Du bist offline. Versuch es noch einmal, sobald du wieder online bist.',
  unreachable: 'Wir erreichen den Server nicht. Versuch es gleich noch einmal.',
  languageNotChanged: 'Sprache nicht gewechselt',
  foot: 'Quellwolken sind sicher, Gewitterwolken nicht. Jeder Sprung geht eine oder zwei Wolken weit.',
  apiDescription: 'API',
  source: 'Quelltext',
  version: (number) => `Version ${number}`,
  developmentMode: 'Entwicklungsmodus',
  wholeNumber: (min, max) => `Gib eine ganze Zahl von ${min} bis ${max} ein.`,
  messages: 'Meldungen',
  dismiss: 'Schließen',
  errorCode: 'Fehlercode',
  copyCode: 'Code kopieren',
  codeCopied: 'Kopiert',
  codeNotCopied: 'Dein Browser hat das Kopieren verhindert. Der Code ist markiert.',
}
