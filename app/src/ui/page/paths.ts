/** The addresses of the pages. The server answers them with the page, and every other one with a 404. */
export const PATHS = {
  board: '/',
  signIn: '/sign-in',
  submissions: '/submissions',
  import: '/import',
  account: '/account',
  people: '/people',
} as const
