import { format } from '../../format.ts'

const { number } = format

export const t = {
  show: (count: number) => `Show ${number(count)} new`,
  showMany: 'Show what is new',
  announce: (count: number) => (count === 1 ? 'One new submission' : `${number(count)} new submissions`),
  announceMany: 'There are new submissions',
}
