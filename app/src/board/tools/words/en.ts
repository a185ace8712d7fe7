import { format } from '#i18n/format.ts'

const n = format.number
const clouds = (size: number) => `${n(size)} ${size === 1 ? 'cloud' : 'clouds'}`

export const t = {
  presets: {
    heading: 'Sample boards',
    sampleOne: 'HackerRank’s first sample',
    sampleTwo: 'HackerRank’s second sample',
    hardest: (size: number) => `Most jumps, ${clouds(size)}`,
    easiest: (size: number) => `Clear sky, ${clouds(size)}`,
    blocked: 'Blocked at the start',
    blockedEnd: 'Blocked at the end',
    long: 'A thousand clouds',
  },
  take: {
    heading: 'Copy or download',
    copyAs: 'Copy as',
    array: 'Array',
    text: 'Text',
    hackerRank: 'HackerRank',
    copied: 'Board copied',
    copiedDetail: 'Paste it wherever you need it.',
    notCopied: 'Board not copied',
    notCopiedDetail: 'Your browser blocked copying. Copy the text under “Paste a board” instead.',
    picture: 'Picture',
    svg: 'SVG',
    png: 'PNG',
    print: 'Print',
    worksheet: 'Worksheet with answers',
    notDrawn: 'Picture not saved',
    notDrawnDetail: 'Your browser could not draw it. Try SVG instead.',
    tooLong: (limit: number) => `This board is too long for a picture. The limit is ${clouds(limit)}.`,
  },
  worksheet: {
    question: 'How few jumps?',
    name: 'Name',
    task: 'Start on cloud 0 and reach the last cloud. Each jump goes one or two clouds ahead. Never land on a thunderhead.',
    jumps: 'Jumps',
    answers: 'Answers',
    note: 'Another route with as few jumps is right too.',
    answer: (jumps: number, route: string) => `${n(jumps)} ${jumps === 1 ? 'jump' : 'jumps'}: ${route}`,
    noRoute: 'No route',
  },
  save: {
    signedIn: 'Saves this board with its answer. A saved board cannot be changed.',
    withPlayed: (jumps: number) =>
      `Saves this board with its answer and the ${jumps === 1 ? 'jump' : `${n(jumps)} jumps`} you played. A saved board cannot be changed.`,
    button: 'Save board',
    saving: 'Saving…',
    saved: 'Board saved',
    savedDetail: (size: number, total: number | null) =>
      total === null ? `${clouds(size)}, no route.` : `${clouds(size)}, ${n(total)} ${total === 1 ? 'jump' : 'jumps'}.`,
    look: 'See my boards',
    notSaved: 'Board not saved',
    notSavedDetail: (reason: string) => `${reason} Your board is still here.`,
    again: 'Try again',
    offline: 'You are offline. You can keep playing, and save when you are back online.',
    tooLong: (size: number, most: number) =>
      `You can save boards of up to ${clouds(most)}. This one has ${n(size)}. Its answer is still right.`,
  },
}
