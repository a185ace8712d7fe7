import { format } from '#i18n/format.ts'
import type { Translation } from '#i18n/languages.ts'
import type { t as en } from './en.ts'

const n = format.number
const clouds = (size: number) => `${n(size)} ${size === 1 ? 'Wolke' : 'Wolken'}`

export const t: Translation<typeof en> = {
  presets: {
    heading: 'Beispielbretter',
    sampleOne: 'Erstes Beispiel von HackerRank',
    sampleTwo: 'Zweites Beispiel von HackerRank',
    hardest: (size) => `Meiste Sprünge, ${clouds(size)}`,
    easiest: (size) => `Klarer Himmel, ${clouds(size)}`,
    blocked: 'Am Anfang blockiert',
    blockedEnd: 'Am Ende blockiert',
    long: 'Tausend Wolken',
  },
  take: {
    heading: 'Kopieren und herunterladen',
    copyAs: 'Kopieren als',
    array: 'Array',
    text: 'Text',
    hackerRank: 'HackerRank',
    copied: 'Brett kopiert',
    copiedDetail: 'Füge es ein, wo du es brauchst.',
    notCopied: 'Brett nicht kopiert',
    notCopiedDetail: 'Dein Browser hat das Kopieren verhindert. Kopiere stattdessen den Text unter „Brett einfügen“.',
    picture: 'Bild',
    svg: 'SVG',
    png: 'PNG',
    print: 'Drucken',
    worksheet: 'Arbeitsblatt mit Lösungen',
    notDrawn: 'Bild nicht gespeichert',
    notDrawnDetail: 'Dein Browser konnte es nicht zeichnen. Versuch es mit SVG.',
    tooLong: (limit) => `Dieses Brett ist zu lang für ein Bild. Höchstens ${clouds(limit)} sind möglich.`,
  },
  worksheet: {
    question: 'Wie wenige Sprünge?',
    name: 'Name',
    task: 'Starte auf Wolke 0 und komm bis zur letzten Wolke. Jeder Sprung geht eine oder zwei Wolken weit. Lande nie auf einer Gewitterwolke.',
    jumps: 'Sprünge',
    answers: 'Lösungen',
    note: 'Ein anderer Weg mit so wenigen Sprüngen ist auch richtig.',
    answer: (jumps, route) => `${n(jumps)} ${jumps === 1 ? 'Sprung' : 'Sprünge'}: ${route}`,
    noRoute: 'Kein Weg',
  },
  save: {
    signedIn: 'Speichert dieses Brett mit seiner Antwort. Danach lässt es sich nicht mehr ändern.',
    withPlayed: (jumps) =>
      `Speichert dieses Brett mit seiner Antwort und ${jumps === 1 ? 'deinem Sprung' : `deinen ${n(jumps)} Sprüngen`}. Danach lässt es sich nicht mehr ändern.`,
    button: 'Brett speichern',
    saving: 'Wird gespeichert …',
    saved: 'Brett gespeichert',
    savedDetail: (size, total) =>
      total === null
        ? `${clouds(size)}, kein Weg.`
        : `${clouds(size)}, ${n(total)} ${total === 1 ? 'Sprung' : 'Sprünge'}.`,
    look: 'Meine Bretter ansehen',
    notSaved: 'Brett nicht gespeichert',
    notSavedDetail: (reason) => `${reason} Dein Brett ist noch da.`,
    again: 'Noch einmal versuchen',
    offline: 'Du bist offline. Du kannst weiterspielen und speichern, sobald du wieder online bist.',
    tooLong: (size, most) =>
      `Du kannst Bretter mit bis zu ${clouds(most)} speichern. Dieses hat ${n(size)}. Die Antwort stimmt trotzdem.`,
  },
}
