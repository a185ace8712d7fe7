/** What index.html says before the app is there, and to search engines. */
export const t = {
  direction: 'ltr',
  description: 'Draw a row of clouds and see the fewest jumps from the first to the last, past every thunderhead.',
  noScript: 'Jumping On The Clouds needs JavaScript: it solves the boards in your browser.',
}
