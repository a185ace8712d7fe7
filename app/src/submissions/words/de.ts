import { format } from '#i18n/format.ts'
import type { Translation } from '#i18n/languages.ts'
import type { t as en } from './en.ts'

const n = format.number
const clouds = (count: number) => `${n(count)} ${count === 1 ? 'Wolke' : 'Wolken'}`
const boards = (count: number) => `${n(count)} ${count === 1 ? 'Brett' : 'Bretter'}`
const thunderheads = (count: number) => `${n(count)} ${count === 1 ? 'Gewitterwolke' : 'Gewitterwolken'}`

export const t: Translation<typeof en> = {
  own: {
    title: 'Meine Bretter',
    list: 'Meine Bretter',
    filters: 'Meine Bretter filtern',
    sent: 'Gespeichert',
    count: 'Bretter',
    perDay: 'Bretter pro Tag',
    perDays: (days) => `Bretter pro ${n(days)} Tage`,
    loading: 'Bretter werden geladen',
    failed: 'Deine Bretter wurden nicht geladen',
    noMatch: 'Kein Brett passt',
    noMatchDetail: 'Versuch es mit einem längeren Zeitraum oder „Alle“.',
    nothingYet: 'Noch keine Bretter',
    nothingYetDetail: 'Zeichne ein Brett und speichere es. Dann findest du es hier.',
  },
  everybodys: {
    title: 'Einsendungen',
    list: 'Alle Einsendungen',
    filters: 'Einsendungen filtern',
    sent: 'Eingesendet',
    count: 'Einsendungen',
    perDay: 'Einsendungen pro Tag',
    perDays: (days) => `Einsendungen pro ${n(days)} Tage`,
    loading: 'Einsendungen werden geladen',
    failed: 'Einsendungen wurden nicht geladen',
    noMatch: 'Keine Einsendung passt',
    noMatchDetail: 'Versuch es mit weniger Buchstaben, einem längeren Zeitraum oder „Alle“.',
    nothingYet: 'Noch keine Einsendungen',
    nothingYetDetail: 'Sobald jemand ein Brett speichert, steht es hier.',
  },
  email: 'E-Mail-Adresse enthält',
  emailHint: 'Teil einer E-Mail-Adresse',
  route: 'Weg',
  all: 'Alle',
  solvable: 'Lösbar',
  blocked: 'Blockiert',
  more: (used) => (used === 0 ? 'Mehr Filter' : `Mehr Filter (${used})`),
  noJumps: 'Blockierte Bretter haben keine Sprünge.',
  range: {
    any: 'egal',
    from: (what) => `${what}, von`,
    to: (what) => `${what}, bis`,
    backwards: 'Die erste Zahl ist größer als die zweite. Tausche sie.',
  },
  reset: 'Zurücksetzen',
  resetFilters: 'Filter zurücksetzen',
  backwards: 'Der erste Tag liegt nach dem letzten. Tausche sie.',
  facts: {
    people: 'Personen',
    solvable: 'Lösbar',
    medianTotal: 'Sprünge (Median)',
    longest: 'Längstes Brett',
  },
  none: '–',
  ofDay: (day, solvable, blocked) => `${day}: ${solvable} lösbar, ${blocked} blockiert`,
  chart: (title, first, last, lowest, highest) =>
    `${title}, ${first} bis ${last}. Niedrigster Wert ${lowest}, höchster ${highest}.`,
  legendSolvable: 'lösbar',
  legendBlocked: 'blockiert',
  shownColumns: 'Spalten',
  columns: {
    board: 'Brett',
    size: 'Wolken',
    total: 'Sprünge',
    email: 'E-Mail',
    createdAt: 'Zeit',
    actions: 'Aktionen',
  },
  board: (size, thunderheadCount) => `Brett mit ${clouds(size)}, ${thunderheads(thunderheadCount)}`,
  clouds: (size) => (size === 1 ? '{number} Wolke' : '{number} Wolken'),
  jumps: (total) => (total === 1 ? '{number} Sprung' : '{number} Sprünge'),
  jumpsPlayed: '{played}{number} nötig',
  played: (jumps) => `${n(jumps)} gespielt,`,
  isBlocked: 'blockiert',
  toBoard: 'Zum Brett',
  inUtc: 'Deine Zeitzone ist hier nicht bekannt. Tage und Uhrzeiten sind deshalb in UTC.',
  filtersKept: (what) => `${what} Deine Filter bleiben.`,
  signedOut: 'Melde dich an, um deine Bretter zu sehen',
  signedOutDetail: 'Hier findest du jedes gespeicherte Brett mit seiner Antwort.',
  signIn: 'Anmelden',

  span: {
    quick: 'Zeitraum',
    today: 'Heute',
    week: '7 Tage',
    month: '30 Tage',
    from: 'von',
    to: 'bis',
    noSuchDay: 'Prüfe dieses Datum. Es ist unvollständig, oder es existiert nicht.',
  },

  live: {
    show: (count) => `${n(count)} neue zeigen`,
    showMany: 'Neue zeigen',
    announce: (count) => (count === 1 ? '1 neues Brett' : `${n(count)} neue Bretter`),
    announceMany: 'Es gibt neue Bretter',
  },

  distribution: {
    sizes: 'Wolken pro Brett',
    upTo: 'bis zur Zahl darunter',
    ofSpan: (from, to, solvable, blocked) => `${from} bis ${to} Wolken: ${solvable} lösbar, ${blocked} blockiert`,
    summary: (title, from, to, count) => `${title}. Am häufigsten: ${from} bis ${to} Wolken, ${boards(count)}.`,
    topAccounts: 'Die meisten Einsendungen',
    narrowTo: (email) => `${email}: Einsendungen zeigen`,
  },

  removal: {
    button: (board) => `Löschen: ${board}`,
    removed: 'Dieses Brett wird in zehn Sekunden gelöscht.',
    undo: 'Rückgängig',
    failed: 'Brett nicht gelöscht',
  },

  export: 'Exportieren',
}
