import { format } from '../../format.ts'
import type { t as en } from '../en/live.ts'
import type { Translation } from '../translation.ts'

const n = format.number

export const t: Translation<typeof en> = {
  show: (count) => (count === 1 ? 'Eine neue zeigen' : `${n(count)} neue zeigen`),
  showMany: 'Zeigen, was neu ist',
  announce: (count) => (count === 1 ? 'Eine neue Einsendung' : `${n(count)} neue Einsendungen`),
  announceMany: 'Es gibt neue Einsendungen',
}
