import { format } from '../../format.ts'
import type { t as en } from '../en/save-board.ts'
import type { Translation } from '../languages.ts'

const n = format.number
const clouds = (size: number) => `${n(size)} ${size === 1 ? 'Wolke' : 'Wolken'}`

export const t: Translation<typeof en> = {
  signedIn: 'Brett und Antwort kommen zu deinen Einsendungen. Danach lassen sie sich nicht mehr ändern.',
  save: 'Einsenden',
  saving: 'Wird eingesendet …',
  saved: 'Eingesendet',
  savedDetail: (size, total) =>
    total === null
      ? `${clouds(size)}, kein Weg.`
      : `${clouds(size)}, ${n(total)} ${total === 1 ? 'Sprung' : 'Sprünge'}.`,
  look: 'Deine Einsendungen ansehen',
  notSaved: 'Nicht eingesendet',
  notLost: 'Nichts ist verloren: Dein Brett ist noch da.',
  again: 'Noch einmal versuchen',
  offline: 'Du bist offline. Das Brett geht weiterhin. Das Einsenden wartet, bis du wieder im Netz bist.',
  tooLong: (size, most) =>
    `Bretter mit bis zu ${n(most)} Wolken lassen sich einsenden. Dieses hat ${n(size)}: Die Antwort stimmt trotzdem.`,
}
