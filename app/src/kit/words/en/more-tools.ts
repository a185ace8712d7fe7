import { format } from '../../format.ts'

const n = format.number

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
}
