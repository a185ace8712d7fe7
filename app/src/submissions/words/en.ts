import { format } from '#i18n/format.ts'

const n = format.number
const clouds = (count: number) => `${n(count)} ${count === 1 ? 'cloud' : 'clouds'}`
const boards = (count: number) => `${n(count)} ${count === 1 ? 'board' : 'boards'}`
const thunderheads = (count: number) => `${n(count)} ${count === 1 ? 'thunderhead' : 'thunderheads'}`

export const t = {
  /** To people, of what is theirs. */
  own: {
    title: 'My boards',
    list: 'My boards',
    filters: 'Filter my boards',
    sent: 'Saved',
    count: 'Boards',
    perDay: 'Boards per day',
    perDays: (days: number) => `Boards per ${n(days)} days`,
    loading: 'Loading boards',
    failed: 'Your boards did not load',
    noMatch: 'No boards match',
    noMatchDetail: 'Try a longer time span or another route.',
    nothingYet: 'No boards yet',
    nothingYetDetail: 'Draw a board and save it. You will find it here.',
  },
  /** To administrators, of what is everybody’s. */
  everybodys: {
    title: 'Submissions',
    list: 'All submissions',
    filters: 'Filter submissions',
    sent: 'Sent',
    count: 'Submissions',
    perDay: 'Submissions per day',
    perDays: (days: number) => `Submissions per ${n(days)} days`,
    loading: 'Loading submissions',
    failed: 'Submissions did not load',
    noMatch: 'No submissions match',
    noMatchDetail: 'Try fewer letters, a longer time span or another route.',
    nothingYet: 'No submissions yet',
    nothingYetDetail: 'They appear here as soon as someone saves a board.',
  },
  email: 'Email contains',
  emailHint: 'Part of an email address',
  route: 'Route',
  all: 'All',
  solvable: 'Solvable',
  blocked: 'Blocked',
  /** @param used of them narrow the list; none is said while they are open */
  more: (used: number) => (used === 0 ? 'More filters' : `More filters (${used})`),
  noJumps: 'Blocked boards have no jumps.',
  range: {
    any: 'any',
    from: (what: string) => `${what}, from`,
    to: (what: string) => `${what}, to`,
    backwards: 'The first number is above the second. Swap them.',
  },
  reset: 'Reset',
  resetFilters: 'Reset filters',
  backwards: 'The first day is after the last one. Swap them.',
  facts: {
    people: 'People',
    solvable: 'Solvable',
    medianTotal: 'Median jumps',
    longest: 'Longest board',
  },
  none: '–',
  ofDay: (day: string, solvable: string, blocked: string) => `${day}: ${solvable} solvable, ${blocked} blocked`,
  chart: (title: string, first: string, last: string, lowest: string, highest: string) =>
    `${title}, ${first} to ${last}. Lowest ${lowest}, highest ${highest}.`,
  legendSolvable: 'solvable',
  legendBlocked: 'blocked',
  shownColumns: 'Columns',
  columns: { board: 'Board', size: 'Clouds', total: 'Jumps', email: 'Email', createdAt: 'Time', actions: 'Actions' },
  board: (size: number, thunderheadCount: number) => `Board of ${clouds(size)}, ${thunderheads(thunderheadCount)}`,
  clouds: (size: number) => (size === 1 ? '{number} cloud' : '{number} clouds'),
  jumps: (total: number) => (total === 1 ? '{number} jump' : '{number} jumps'),
  /** Of somebody who played it; the second is the fewest. */
  jumpsPlayed: '{played}{number} fewest',
  played: (jumps: number) => `${n(jumps)} played,`,
  isBlocked: 'blocked',
  toBoard: 'Go to the board',
  inUtc: 'Your time zone is not known here, so days and times are in UTC.',
  filtersKept: (what: string) => `${what} Your filters are kept.`,
  signedOut: 'Sign in to see your boards',
  signedOutDetail: 'Every board you save is here with its answer.',
  signIn: 'Sign in',

  span: {
    quick: 'Time span',
    today: 'Today',
    week: '7 days',
    month: '30 days',
    from: 'from',
    to: 'to',
    noSuchDay: 'Check this date. It is incomplete or does not exist.',
  },

  live: {
    show: (count: number) => `Show ${n(count)} new`,
    showMany: 'Show new ones',
    announce: (count: number) => (count === 1 ? '1 new board' : `${n(count)} new boards`),
    announceMany: 'There are new boards',
  },

  distribution: {
    sizes: 'Clouds per board',
    /** Beside the title: what the numbers below the bars are. */
    upTo: 'up to the number shown',
    ofSpan: (from: string, to: string, solvable: string, blocked: string) =>
      `${from} to ${to} clouds: ${solvable} solvable, ${blocked} blocked`,
    summary: (title: string, from: string, to: string, count: number) =>
      `${title}. Most common: ${from} to ${to} clouds, ${boards(count)}.`,
    topAccounts: 'Most submissions',
    narrowTo: (email: string) => `${email}: show their submissions`,
  },

  removal: {
    button: (board: string) => `Remove: ${board}`,
    removed: 'This board is removed in ten seconds.',
    undo: 'Undo',
    failed: 'Board not removed',
  },

  export: 'Export',
}
