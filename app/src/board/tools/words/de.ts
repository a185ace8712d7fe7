import { format } from '#i18n/format.ts'
import type { Translation } from '#i18n/languages.ts'
import type { t as en } from './en.ts'

const n = format.number
const clouds = (size: number) => `${n(size)} ${size === 1 ? 'Wolke' : 'Wolken'}`

export const t: Translation<typeof en> = {
  presets: {
    heading: 'Bretter zum Ausprobieren',
    sampleOne: 'Erstes Beispiel von HackerRank',
    sampleTwo: 'Zweites Beispiel von HackerRank',
    hardest: (size) => `Schwerstes mit ${n(size)}`,
    easiest: (size) => `Klarer Himmel mit ${n(size)}`,
    blocked: 'Am Anfang blockiert',
    blockedEnd: 'Am Ende blockiert',
    long: 'Tausend Wolken',
  },
  take: {
    heading: 'Zum Mitnehmen',
    copyAs: 'Kopieren als',
    array: 'Array',
    text: 'Text',
    hackerRank: 'HackerRank',
    copied: 'Brett kopiert',
    copiedDetail: (what) => `${what}: Füge es ein, wo du es brauchst.`,
    notCopied: 'Brett nicht kopiert',
    notCopiedDetail: 'Der Browser erlaubt es hier nicht. Im Feld „Brett einfügen“ steht derselbe Text.',
    picture: 'Bild',
    svg: 'SVG',
    png: 'PNG',
    print: 'Drucken',
    tooLong: (most) => `Bretter mit bis zu ${n(most)} Wolken lassen sich als Bild zeichnen.`,
  },
  save: {
    signedIn: 'Brett und Antwort kommen zu deinen Einsendungen. Danach lassen sie sich nicht mehr ändern.',
    button: 'Einsenden',
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
  },
}
