import { format } from '#i18n/format.ts'

const n = format.number

export const t = {
  heading: 'How few jumps do you need?',
  soFar: (jumps: number) => (jumps === 1 ? '{number} jump so far' : '{number} jumps so far'),
  total: (jumps: number) => (jumps === 1 ? '{number} jump' : '{number} jumps'),
  tap: 'Tap a cloud: one or two ahead.',
  choose: 'Choose a cloud: one or two ahead.',
  on: (cloud: number) => `You stand on cloud ${n(cloud)}.`,
  backwards: 'Jumps only go ahead. Take one back to try another route.',
  tooFar: 'Too far. Jump two at most.',
  thunderhead: 'That is a thunderhead. Jump over it.',
  blocked: 'Two thunderheads ahead: nobody gets past them. This board has no route.',
  best: 'You made it across. Nobody can do it in fewer.',
  slower: (fewest: number) => `You made it across. ${fewest === 1 ? 'One is' : `${n(fewest)} are`} enough.`,
  takeBack: 'Take back',
  again: 'Start again',
  showAnswer: 'Show the answer',
}
