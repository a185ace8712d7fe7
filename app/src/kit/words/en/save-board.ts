import { format } from '../../format.ts'

const n = format.number
const clouds = (size: number) => (size === 1 ? 'cloud' : 'clouds')

export const t = {
  signedIn: 'The board and its answer go to your submissions. They can’t be changed afterwards.',
  save: 'Save submission',
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
}
