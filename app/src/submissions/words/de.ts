import { format } from '#i18n/format.ts'
import type { Translation } from '#i18n/languages.ts'
import type { t as en } from './en.ts'

const n = format.number
const pair = (one: string, many: string) => (count: number) => (count === 1 ? one : many)

export const t: Translation<typeof en> = {
  title: 'Einsendungen',
  filters: 'Einsendungen filtern',
  email: 'E-Mail enthält',
  emailHint: 'Teil einer Adresse',
  sentBetween: 'Eingesendet zwischen',
  route: 'Weg',
  all: 'Alle',
  solvable: 'Lösbar',
  blocked: 'Blockiert',
  reset: 'Zurücksetzen',
  resetFilters: 'Filter zurücksetzen',
  backwards: 'Der erste Tag liegt nach dem letzten.',
  facts: {
    submissions: 'Einsendungen',
    people: 'Personen',
    solvable: 'Lösbar',
    medianTotal: 'Sprünge (Median)',
    longest: 'Längstes Brett',
  },
  none: '–',
  perDay: 'Einsendungen je Tag',
  perDays: (days) => `Einsendungen je ${days} Tage`,
  ofDay: (day, solvable, blocked) => `${day}: ${solvable} lösbar, ${blocked} blockiert`,
  chart: (title, first, last, lowest, highest) =>
    `${title}, ${first} bis ${last}. Am wenigsten ${lowest}, am meisten ${highest}.`,
  legendSolvable: 'lösbar',
  legendBlocked: 'blockiert',
  everybodys: 'Alle Einsendungen',
  own: 'Meine Einsendungen',
  shownColumns: 'Spalten',
  columns: { board: 'Brett', size: 'Wolken', total: 'Sprünge', email: 'E-Mail', createdAt: 'Zeit' },
  board: (size, thunderheads, count) =>
    `Brett aus ${size} Wolken, ${thunderheads} ${pair('Gewitterwolke', 'Gewitterwolken')(count)}`,
  clouds: pair('Wolke', 'Wolken'),
  jumps: pair('Sprung', 'Sprünge'),
  isBlocked: 'blockiert',
  loading: 'Einsendungen werden geladen',
  noMatch: 'Keine Einsendung passt dazu',
  noMatchDetail: (span, address, route) =>
    `Nichts${route} wurde${span}${address} eingesendet. Versuch es mit weniger Buchstaben oder einem längeren Zeitraum.`,
  between: (from, to) => ` zwischen dem ${from} und dem ${to}`,
  since: (from) => ` seit dem ${from}`,
  until: (to) => ` bis zum ${to}`,
  byAddress: (part) => ` von einer Adresse mit „${part}“`,
  thatIs: { all: '', solvable: ' Lösbares', blocked: ' Blockiertes' },
  nothingYet: 'Noch keine Einsendungen',
  nothingYetDetail: 'Zeichne ein Brett und sende seine Antwort ein. Hier bleibt sie erhalten.',
  toBoard: 'Zum Brett',
  pastEnd: 'Diese Seite gibt es nicht',
  pastEndDetail: 'Die Liste endet vor dieser Seite.',
  toFirst: 'Zur ersten Seite',
  failed: 'Einsendungen wurden nicht geladen',
  filtersKept: (what) => `${what} Deine Filter bleiben.`,
  tryAgain: 'Noch einmal versuchen',
  signedOut: 'Melde dich an, um deine Einsendungen zu sehen',
  signedOutDetail: 'Jedes Brett, das du angemeldet einsendest, bleibt hier mit seiner Antwort erhalten.',
  signIn: 'Anmelden',

  span: {
    from: 'von',
    to: 'bis',
    noSuchDay: 'Prüfe dieses Datum. Es ist unvollständig, oder es existiert nicht.',
  },

  live: {
    show: (count) => (count === 1 ? 'Eine neue zeigen' : `${n(count)} neue zeigen`),
    showMany: 'Zeigen, was neu ist',
    announce: (count) => (count === 1 ? 'Eine neue Einsendung' : `${n(count)} neue Einsendungen`),
    announceMany: 'Es gibt neue Einsendungen',
  },

  distribution: {
    sizes: 'Wolken je Brett',
    upTo: (size) => `≤ ${size}`,
    ofSpan: (from, to, solvable, blocked) => `${from} bis ${to} Wolken: ${solvable} lösbar, ${blocked} blockiert`,
    summary: (title, from, to, count) => `${title}. Die meisten Bretter haben ${from} bis ${to} Wolken: ${count}.`,
    topAccounts: 'Die meisten Einsendungen',
    narrowTo: (email) => `${email}: Einsendungen zeigen`,
  },

  export: {
    export: 'Exportieren',
    exporting: 'Wird exportiert',
    progress: 'Exportierte Einsendungen',
    rows: n,
    rowsOf: (count, total) => `${n(count)} von ${n(total)}`,
    rowsOfAbout: (count, total) => `${n(count)} von etwa ${n(total)}`,
    cancel: 'Abbrechen',
    done: 'Export gespeichert',
    doneDetail: (count) =>
      count === 1 ? 'Eine Einsendung steht in der Datei.' : `${n(count)} Einsendungen stehen in der Datei.`,
    failed: 'Export abgebrochen',
    failedDetail: (why) => `${why} Es wurde keine Datei gespeichert.`,
    notWritten: 'Die Datei ließ sich nicht schreiben. Vielleicht ist kein Platz dafür.',
    file: (day) => `einsendungen-${day}`,
  },
}
