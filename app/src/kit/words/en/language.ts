/** Its tag, as in `navigator.languages`. */
export const LANGUAGE = 'en'

/** Where the browser asks for no variety of it: English as it is written anywhere, days before months. */
export const FALLBACK_LOCALE = 'en-001'

/** What index.html says before the app is there, and to search engines. */
export const t = {
  direction: 'ltr',
  description: 'Draw a row of clouds and see the fewest jumps from the first to the last, past every thunderhead.',
  noScript: 'Jumping On The Clouds needs JavaScript: it solves the boards in your browser.',
}
