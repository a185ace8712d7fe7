import type { FileFormat } from '@jotc/core/board-file/entry'
import { format } from '#i18n/format.ts'

export { entryFaultText, fileFaultText } from '@jotc/core/board-file/faults'

const { number } = format

const SEPARATORS = { ',': 'commas', ';': 'semicolons', '\t': 'tabs' }
const SHAPES = {
  text: 'text, one board per line',
  csv: 'CSV',
  hackerRank: 'HackerRank’s two-line format',
  json: 'JSON',
  jsonLines: 'JSON lines',
}

export const t = {
  title: 'Import boards',
  subtitle: 'One file, many boards. Each is solved as it is read.',
  signedOut: 'Sign in to import boards',
  signedOutDetail: 'Every board in the file is solved and saved to your boards.',
  signIn: 'Sign in',
  drop: 'Drop a file here, or',
  another: 'Another file? Drop it here, or',
  choose: 'Choose a file',
  forms: 'Text with one board per line, CSV, JSON, JSON lines or HackerRank’s two-line format. Up to 50 MB.',
  /** What a file was taken for. */
  readAs: ({ shape, separator }: FileFormat) =>
    `Read as ${SHAPES[shape]}${separator === undefined ? '' : ` with ${SEPARATORS[separator]}`}.`,
  refused: 'File not read',
  tooLarge: (megabytes: string) => `It is ${megabytes} MB. The limit is 50 MB. Split it into smaller files.`,
  empty: 'It is empty. Choose another one.',
  unreadable: 'Your browser could not read the file. It may have been moved or changed. Choose it again.',
  busy: 'An import is already running',
  busyDetail: 'Stop it, or wait until it is done.',
  pause: 'Pause',
  resume: 'Resume',
  stop: 'Stop',
  progress: 'Boards read',
  read: 'Read',
  readOf: (total: number) => `{number} of ${number(total)}`,
  rate: 'Speed',
  perSecond: '{number} per second',
  timeLeft: 'Time left',
  seconds: (count: number) => (count === 1 ? '{number} second' : '{number} seconds'),
  minutes: (count: number) => (count === 1 ? '{number} minute' : '{number} minutes'),
  solvable: 'Solvable',
  blocked: 'Blocked',
  errors: 'Not read',
  unknown: '–',
  paused: 'Paused. Everything read so far is saved.',
  stopped: 'Stopped. Everything read so far is saved.',
  done: (saved: number, total: number) =>
    `Done. ${number(saved)} of ${number(total)} ${total === 1 ? 'board' : 'boards'} ${saved === 1 || total === 1 ? 'is' : 'are'} saved.`,
  /** In place of a headline; a number never stands apart from its word. */
  summary: (solvable: number, blocked: number, unread: number) =>
    [
      solvable > 0 && `${number(solvable)} solvable`,
      blocked > 0 && `${number(blocked)} blocked`,
      unread > 0 && `${number(unread)} not read`,
    ]
      .filter(Boolean)
      .join(', '),
  nothingIn: 'We found no boards in this file.',
  waiting: 'Import waiting',
  waitingOffline: 'You are offline. The import resumes when you are back online.',
  waitingDetail: 'The server is busy. We will try again in a moment.',
  failed: 'The import stopped',
  failedDetail: (what: string) => `${what} Everything read so far is saved.`,
  otherAccount: 'This import belongs to another account. Sign in to that account to resume.',
  results: 'Results',
  lastNine: (total: number) => `The last nine of ${number(total)}`,
  resultsSoFar: 'Results so far',
  downloadResults: 'Download results',
  downloadErrors: 'Download errors',
  notDownloaded: 'File not downloaded',
  notDownloadedDetail: 'Your browser could not make it. Try again.',
  resultsFile: (file: string) => `${file}-results`,
  errorsFile: (file: string) => `${file}-errors`,
  line: 'Line',
  lines: (list: string, count: number) => (count === 1 ? `Line ${list}` : `Lines ${list}`),
  board: 'Board',
  boards: 'Boards',
  clouds: 'Clouds',
  jumps: 'Jumps',
  total: (jumps: number) => (jumps === 1 ? '{number} jump' : '{number} jumps'),
  isBlocked: 'blocked',
  aBoard: (clouds: number) => (clouds === 1 ? 'Board of one cloud' : `Board of ${number(clouds)} clouds`),
  problem: 'Problem',
  item: 'Item',
  items: (list: string, count: number) => (count === 1 ? `Item ${list}` : `Items ${list}`),
  notSaved: 'This board could not be saved.',
  more: (count: number) => `and ${number(count)} more`,
}
