import { format } from '#i18n/format.ts'

const n = format.number
const pair = (one: string, many: string) => (count: number) => (count === 1 ? one : many)

export const t = {
  title: 'Submissions',
  filters: 'Filter submissions',
  email: 'Email contains',
  emailHint: 'Part of an address',
  sentBetween: 'Sent between',
  route: 'Route',
  all: 'All',
  solvable: 'Solvable',
  blocked: 'Blocked',
  reset: 'Reset',
  resetFilters: 'Reset filters',
  backwards: 'The first day is after the last one.',
  facts: {
    submissions: 'Submissions',
    people: 'People',
    solvable: 'Solvable',
    medianTotal: 'Median jumps',
    longest: 'Longest board',
  },
  none: '–',
  perDay: 'Submissions per day',
  perDays: (days: number) => `Submissions per ${days} days`,
  ofDay: (day: string, solvable: string, blocked: string) => `${day}: ${solvable} solvable, ${blocked} blocked`,
  chart: (title: string, first: string, last: string, lowest: string, highest: string) =>
    `${title}, ${first} to ${last}. Lowest ${lowest}, highest ${highest}.`,
  legendSolvable: 'solvable',
  legendBlocked: 'blocked',
  everybodys: 'All submissions',
  own: 'My submissions',
  shownColumns: 'Columns',
  columns: { board: 'Board', size: 'Clouds', total: 'Jumps', email: 'Email', createdAt: 'Time' },
  board: (size: string, thunderheads: string, count: number) =>
    `Board of ${size} clouds, ${thunderheads} ${pair('thunderhead', 'thunderheads')(count)}`,
  clouds: pair('cloud', 'clouds'),
  jumps: pair('jump', 'jumps'),
  isBlocked: 'blocked',
  loading: 'Loading submissions',
  noMatch: 'No submissions match',
  noMatchDetail: (span: string, address: string, route: string) =>
    `Nothing${route} was sent${span}${address}. Try fewer letters or a longer span.`,
  between: (from: string, to: string) => ` between ${from} and ${to}`,
  since: (from: string) => ` since ${from}`,
  until: (to: string) => ` until ${to}`,
  byAddress: (part: string) => ` by an address that contains “${part}”`,
  thatIs: { all: '', solvable: ' solvable', blocked: ' blocked' },
  nothingYet: 'No submissions yet',
  nothingYetDetail: 'Draw a board and save its answer. It will be kept here.',
  toBoard: 'Go to the board',
  pastEnd: 'No such page',
  pastEndDetail: 'The list ends before this page.',
  toFirst: 'To the first page',
  failed: 'Submissions did not load',
  filtersKept: (what: string) => `${what} Your filters are kept.`,
  tryAgain: 'Try again',
  signedOut: 'Sign in to see your submissions',
  signedOutDetail: 'Every board that you save while signed in is kept here with its answer.',
  signIn: 'Sign in',

  span: {
    from: 'from',
    to: 'to',
    noSuchDay: 'Check this date. It is incomplete or does not exist.',
  },

  live: {
    show: (count: number) => `Show ${n(count)} new`,
    showMany: 'Show what is new',
    announce: (count: number) => (count === 1 ? 'One new submission' : `${n(count)} new submissions`),
    announceMany: 'There are new submissions',
  },

  distribution: {
    sizes: 'Clouds per board',
    upTo: (size: string) => `≤ ${size}`,
    ofSpan: (from: string, to: string, solvable: string, blocked: string) =>
      `${from} to ${to} clouds: ${solvable} solvable, ${blocked} blocked`,
    summary: (title: string, from: string, to: string, count: string) =>
      `${title}. Most boards have ${from} to ${to} clouds: ${count}.`,
    topAccounts: 'Most submissions',
    narrowTo: (email: string) => `${email}: show their submissions`,
  },

  export: {
    export: 'Export',
    exporting: 'Exporting',
    progress: 'Submissions exported',
    rows: n,
    rowsOf: (count: number, total: number) => `${n(count)} of ${n(total)}`,
    rowsOfAbout: (count: number, total: number) => `${n(count)} of about ${n(total)}`,
    cancel: 'Cancel',
    done: 'Export saved',
    doneDetail: (count: number) =>
      count === 1 ? 'One submission is in the file.' : `${n(count)} submissions are in the file.`,
    failed: 'Export broke off',
    failedDetail: (why: string) => `${why} No file was saved.`,
    notWritten: 'The file could not be written. There may be no room for it.',
    file: (day: string) => `submissions-${day}`,
  },
}
