import { format } from '#i18n/format.ts'

const n = format.number
const clouds = (size: number) => (size === 1 ? 'cloud' : 'clouds')

export const t = {
  presets: {
    heading: 'Boards to try',
    sampleOne: 'HackerRank’s first sample',
    sampleTwo: 'HackerRank’s second sample',
    hardest: (size: number) => `Hardest of ${n(size)}`,
    easiest: (size: number) => `Clear sky of ${n(size)}`,
    blocked: 'Blocked at the start',
    blockedEnd: 'Blocked at the end',
    long: 'A thousand clouds',
  },
  take: {
    heading: 'Take it with you',
    copyAs: 'Copy as',
    array: 'Array',
    text: 'Text',
    hackerRank: 'HackerRank',
    copied: 'Board copied',
    copiedDetail: (what: string) => `${what}: paste it where you need it.`,
    notCopied: 'Board not copied',
    notCopiedDetail: 'The browser does not allow it here. The field “Paste a board” holds the same text.',
    picture: 'Picture',
    svg: 'SVG',
    png: 'PNG',
    print: 'Print',
    tooLong: (most: number) => `Boards of up to ${n(most)} clouds can be drawn as a picture.`,
  },
  save: {
    signedIn: 'The board and its answer go to your submissions. They can’t be changed afterwards.',
    button: 'Save submission',
    saving: 'Saving…',
    saved: 'Submission saved',
    savedDetail: (size: number, total: number | null) =>
      total === null
        ? `${n(size)} ${clouds(size)}, no route.`
        : `${n(size)} ${clouds(size)}, ${n(total)} ${total === 1 ? 'jump' : 'jumps'}.`,
    look: 'See your submissions',
    notSaved: 'Submission not saved',
    notLost: 'Nothing was lost: your board is still here.',
    again: 'Try again',
    offline: 'You are offline. The board still works. Saving waits until you are back.',
    tooLong: (size: number, most: number) =>
      `Boards of up to ${n(most)} clouds can be saved. This one has ${n(size)}: its answer is right all the same.`,
  },
}
