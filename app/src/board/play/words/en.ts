import { format } from '#i18n/format.ts'

const n = format.number
const clouds = (size: number) => `${n(size)} ${size === 1 ? 'cloud' : 'clouds'}`

export const t = {
  title: 'Play',
  keys: 'Move with the arrow keys and jump with Enter. 1 and 2 jump one or two ahead. H gives a hint.',
  heading: 'How few jumps do you need?',
  across: 'You made it across',
  soFar: (jumps: number) => (jumps === 1 ? '{number} jump so far' : '{number} jumps so far'),
  total: (jumps: number) => (jumps === 1 ? '{number} jump' : '{number} jumps'),
  tap: 'Tap a cloud: one or two ahead.',
  choose: 'Choose a cloud: one or two ahead.',
  on: (cloud: number) => `You stand on cloud ${n(cloud)}.`,
  backwards: 'Jumps only go ahead. Take one back to try another route.',
  tooFar: 'Too far. Jump two at most.',
  thunderhead: 'That is a thunderhead. Jump over it.',
  blocked: 'Two thunderheads ahead: nobody gets past them. This board has no route.',
  best: 'Nobody can do it in fewer.',
  slower: (fewest: number) => (fewest === 1 ? 'One is enough.' : `${n(fewest)} are enough.`),

  actions: 'Play',
  hint: 'Hint',
  takeBack: 'Take back',
  again: 'Start again',
  shareLink: 'Share link',
  linkCopied: 'Link copied',
  linkCopiedDetail: 'Anyone who opens it can play this board. The answer stays hidden until then.',
  showAnswer: 'Show the answer',
  next: 'What next',
  tryAgain: 'Try again',
  shareResult: 'Share result',
  showRoute: 'Show the best route',

  rules: 'The rules',
  rulesText: 'Land on cumulus clouds. Jump over thunderheads. Each jump goes one or two clouds ahead.',
  keyboard: 'With the keyboard',
  keyboardOne: 'jump one ahead',
  keyboardTwo: 'jump two ahead',
  keyboardHint: 'hint',
  own: 'Your own board',
  ownText: 'Build a board, see the answer, and send it to someone to play.',
  make: 'Make a board',

  shared: 'What you share',
  result: (size: number, jumps: number, isFewest: boolean) =>
    `I crossed ${clouds(size)} in ${n(jumps)} ${jumps === 1 ? 'jump' : 'jumps'}. ${isFewest ? 'Can you match that?' : 'Can you do better?'}`,
  sharedNote: 'With a link to this board. The route stays hidden until they have played.',
  resultCopied: 'Result copied',
  resultCopiedDetail: 'Paste it into a message.',
  notCopied: 'Not copied',
  notCopiedDetail: 'Your browser blocked copying. Copy the address from the address bar instead.',
  another: 'Another board',
  anotherText: (size: number) => `${clouds(size)} again, with the thunderheads somewhere else.`,
  playAnother: 'Play another',
}
