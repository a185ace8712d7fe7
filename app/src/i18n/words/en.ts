/** Its tag, as in `navigator.languages`. */
export const LANGUAGE = 'en'

/** Where the browser asks for no variety of it: English as it is written anywhere, days before months. */
export const FALLBACK_LOCALE = 'en-001'

/** What index.html says before the app is there, and to search engines. */
export const HTML_WORDS = {
  direction: 'ltr',
  description: 'Draw a row of clouds and see the fewest jumps from the first to the last, over every thunderhead.',
  noScript: 'Jumping On The Clouds solves boards in your browser and needs JavaScript. Turn it on and reload the page.',
  notLoaded: 'This page did not load. Reload it.',
}

export const APP_NAME = 'Jumping On The Clouds'

/** What every page needs. */
export const t = {
  skip: 'Skip to content',
  main: 'Main',
  board: 'Board',
  submissions: 'Submissions',
  myBoards: 'My boards',
  import: 'Import',
  people: 'People',
  signIn: 'Sign in',
  account: 'Account',
  /** Of its button, which shows the tag of the language. */
  settings: 'EN, theme and language',
  theme: 'Theme',
  light: 'Light',
  dark: 'Dark',
  system: 'System',
  language: 'Language',
  loading: 'Loading page',
  slow: 'No answer yet. We keep trying.',
  partNotLoaded: 'This part did not load',
  tryAgain: 'Try again',
  offline: 'You are offline. Try again when you are back online.',
  unreachable: 'We cannot reach the server. Try again in a moment.',
  languageNotChanged: 'Language not changed',
  foot: 'Cumulus clouds are safe. Thunderheads are not. Each jump goes one or two clouds ahead.',
  apiDescription: 'API',
  source: 'Source code',
  version: (number: string) => `Version ${number}`,
  developmentMode: 'Development mode',
  wholeNumber: (min: string, max: string) => `Enter a whole number from ${min} to ${max}.`,
  messages: 'Messages',
  dismiss: 'Dismiss',
  errorCode: 'Error code',
  copyCode: 'Copy code',
  codeCopied: 'Copied',
  codeNotCopied: 'Your browser blocked copying. The code is selected.',
}
