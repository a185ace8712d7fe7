import { format } from '#i18n/format.ts'

const n = format.number
const clouds = (size: number) => (size === 1 ? 'cloud' : 'clouds')

export const t = {
  title: 'Board',
  board: 'Clouds',
  keys: 'Arrow keys move. Space switches a cloud between cumulus and thunderhead. Plus adds a cloud at the end, minus removes one.',
  selfPlayKeys: 'Arrow keys move. Space jumps to the cloud.',
  ends: 'The first and last cloud are always cumulus.',
  cloud: (cloud: number, kind: 'cumulus' | 'thunderhead') => `Cloud ${cloud}, ${kind}`,
  more: 'Boards to try, copies, pictures, print',
  noWayOver: 'no way over',

  answer: {
    heading: 'Fewest jumps from first to last',
    total: n,
    jumps: (total: number) => (total === 1 ? 'jump' : 'jumps'),
    noRoute: 'No route',
    oneCloud: 'The first cloud is also the last. You are already there.',
    twoClouds: 'Both clouds are always cumulus, so the answer never changes: one jump, one route.',
    counting: 'Counting the routes this fast. This is one of them.',
    onlyRoute: 'No other route is this fast.',
    routes: (count: bigint) => `${n(count)} routes are this fast. This is one of them.`,
    /** Two digits and a power of ten, with the sentence around it. */
    manyRoutes: ['About ', ' × 10', ' to the power of ', ' routes are this fast. This is one of them.'],
    blocked: (blockedAt: number) =>
      `Clouds ${blockedAt} and ${blockedAt + 1} are both thunderheads. A jump covers two clouds at most, so nobody gets past them. The furthest you can land is cloud ${blockedAt - 1}.`,
    before: 'Previous route',
    after: 'Next route',
    clearCloud: (cloud: number) => `Clear cloud ${cloud}`,
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
    at: (at: number, jumps: number) => `Jump ${n(at)} of ${n(jumps)}`,
    position: 'Where the hare is',
    speed: 'Speed',
    speeds: { '0.5': '½×', '1': '1×', '2': '2×', '4': '4×' },
  },
  edit: {
    size: 'Number of clouds',
    count: n,
    clouds,
    remove: 'Remove last cloud',
    add: 'Add a cloud',
    undo: 'Undo',
    redo: 'Redo',
    clear: 'Clear',
    selfPlay: 'Play it yourself',
    share: 'Share link',
    copied: 'Link copied',
    copiedDetail: 'Whoever opens it sees this board.',
    notCopied: 'Link not copied',
    notCopiedDetail: 'The browser does not allow it here. The address bar holds the same link.',
    badLink: 'This link holds no board',
  },
  paste: {
    heading: 'Paste a board',
    label: 'Clouds',
    hint: 'Zeros and ones, with or without spaces. HackerRank’s two lines work too.',
    use: 'Use these clouds',
    longBoard: (size: number) => `${n(size)} clouds, too many to show here. Paste others over them.`,
    notTaken: 'Not a board',
    problems: {
      empty: 'Enter at least one cloud.',
      notACloud: (found: string, index: number) => `“${found}” at place ${n(index + 1)}. Only 0 and 1 are clouds.`,
      firstNotSafe: 'The first cloud is a thunderhead. First and last must be 0.',
      lastNotSafe: 'The last cloud is a thunderhead. First and last must be 0.',
      tooLong: (size: number, limit: number) => `${n(size)} clouds. The most is ${n(limit)}.`,
      countDiffers: (stated: number, found: number) => `Says ${n(stated)} ${clouds(stated)}, but ${n(found)} follow.`,
    },
  },
  random: {
    heading: 'Random board',
    size: 'Clouds',
    density: 'Storm density',
    percent: (value: number) => `${value} %`,
    seed: 'Seed',
    leaveRoute: 'Always leave a route',
    make: 'Make a random board',
  },
  save: {
    heading: 'Keep this answer',
    signedOut:
      'Everything here works without an account. To save the board and its answer to your submissions, sign in with an email.',
    signIn: 'Sign in to save submission',
  },
}
