import { format } from '../../format.ts'
import type { t as en } from '../en/more-tools.ts'
import type { Translation } from '../languages.ts'

const n = format.number

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
}
