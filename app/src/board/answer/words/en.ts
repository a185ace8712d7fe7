import { format } from '#i18n/format.ts'

const n = format.number
const jumps = (count: number) => `${n(count)} ${count === 1 ? 'jump' : 'jumps'}`

export const t = {
  heading: 'Your own way from first to last',
  total: n,
  jumps: (count: number) => (count === 1 ? 'jump' : 'jumps'),
  hint: 'You stand on cloud 0. Choose the cloud to jump to: the next one, or the one after it.',
  on: (cloud: number) => `You stand on cloud ${n(cloud)}.`,
  backwards: 'Jumps go forward only. Take jumps back to try another way.',
  tooFar: (cloud: number) => `Too far. From cloud ${n(cloud)} a jump reaches the next cloud or the one after it.`,
  thunderhead: (cloud: number) => `Cloud ${n(cloud)} is a thunderhead. Jump over it.`,
  blocked:
    'Two thunderheads stand ahead. Nobody gets past them: this board has no route, and this is as far as one can land.',
  best: (count: number) => `You are there in ${jumps(count)}. Nobody can do it in fewer.`,
  slower: (count: number, total: number) => `You are there in ${jumps(count)}. It can be done in ${n(total)}.`,
  takeBack: 'Take back',
  again: 'Start again',
  showAnswer: 'Show the answer',
}
