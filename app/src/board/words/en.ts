import { format } from '#i18n/format.ts'

const n = format.number
const PLACES = { here: 'the hare is here', one: 'one ahead', two: 'two ahead' }

/** Of a cloud, seen from the hare of who plays. */
export type Place = keyof typeof PLACES

export const t = {
  title: 'Board',
  board: 'Clouds',
  keys: 'Move with the arrow keys. Space switches between cumulus and thunderhead. + adds a cloud at the end, − removes the last one.',
  ends: 'The first and last clouds are always cumulus.',
  // Without separators, as on the board: speech control finds a cloud by the number that people see (WCAG 2.5.3).
  cloud: (cloud: number, kind: 'cumulus' | 'thunderhead', place?: Place) =>
    `Cloud ${cloud}, ${kind}${place ? `, ${PLACES[place]}` : ''}`,
  more: 'More: samples, copy, download, print',
  noWayOver: 'no way over',

  answer: {
    heading: 'Fewest jumps from first to last',
    total: (jumps: number) => (jumps === 1 ? '{number} jump' : '{number} jumps'),
    noRoute: 'No route',
    oneCloud: 'The first cloud is also the last. You are already there.',
    twoClouds: 'Both clouds are always cumulus, so the answer is always one jump.',
    counting: 'Counting how many routes are this fast. This is one of them.',
    onlyRoute: 'No other route is this fast.',
    routes: (count: bigint) => `${n(count)} routes are this fast. This is one of them.`,
    manyRoutes: 'About {number} routes are this fast. This is one of them.',
    /** A number that is written with a power of ten, as it is spoken. */
    spokenPower: (digits: string, exponent: string) => `${digits} times 10 to the power of ${exponent}`,
    blocked: (blockedAt: number) =>
      `Clouds ${n(blockedAt)} and ${n(blockedAt + 1)} are both thunderheads. A jump covers two clouds at most, so nobody gets past them. You can get as far as cloud ${n(blockedAt - 1)}.`,
    before: 'Previous route',
    after: 'Next route',
    another: 'Another route',
    tip: 'Tap a cloud to change it.',
    clearCloud: (cloud: number) => `Clear cloud ${n(cloud)}`,
  },
  legend: {
    label: 'What the clouds mean',
    cumulus: 'cumulus, land here',
    thunderhead: 'thunderhead, jump over',
  },
  overview: {
    shown: (first: number, last: number, size: number) => `Clouds ${n(first)} to ${n(last)} of ${n(size)}`,
    goTo: 'Go to cloud',
    go: 'Go',
  },
  player: {
    label: 'Play the route',
    toStart: 'Back to the start',
    stepBack: 'Step back',
    play: 'Play',
    pause: 'Pause',
    stepOn: 'Step forward',
    at: (at: number, jumps: number) => `${n(at)} of ${n(jumps)}`,
    jump: (at: number, jumps: number) => `Jump ${n(at)} of ${n(jumps)}`,
    run: 'Jump and speed',
    position: 'Position of the hare',
    speed: 'Speed',
    speeds: { '0.5': '½×', '1': '1×', '2': '2×', '4': '4×' },
  },
  why: (jumps: number) => `Why it takes ${jumps === 1 ? 'one jump' : `${n(jumps)} jumps`}`,
  edit: {
    board: 'Change the board',
    clouds: (size: number) => (size === 1 ? '{number} cloud' : '{number} clouds'),
    remove: 'Remove last cloud',
    add: 'Add a cloud',
    undo: 'Undo',
    redo: 'Redo',
    clear: 'Clear all thunderheads',
    selfPlay: 'Play it yourself',
    share: 'Share link',
    copied: 'Link copied',
    copiedDetail:
      'Anyone who opens it sees this board and its answer. To hide the answer, share from “Play it yourself”.',
    notCopied: 'Link not copied',
    notCopiedDetail: 'Your browser blocked copying. Copy the address from the address bar instead.',
    badLink: 'This link does not work',
  },
  paste: {
    heading: 'Paste a board',
    label: 'Clouds',
    hint: '0 and 1, with or without spaces. HackerRank’s two-line format works too.',
    use: 'Use these clouds',
    longBoard: (size: number) => `${n(size)} clouds are too many to show here. Paste a board to replace them.`,
    notTaken: 'Board not read',
  },
  random: {
    heading: 'Random board',
    size: 'Clouds',
    density: 'Thunderheads',
    percent: (value: number) => `${value}%`,
    seed: 'Seed',
    leaveRoute: 'Always leave a route',
    make: 'Make a random board',
  },
  save: {
    heading: 'Save this board',
    signedOut: 'Everything here works without an account. Sign in to save this board and find it again on any device.',
    signIn: 'Sign in to save',
  },
}
