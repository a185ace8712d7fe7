import {
  type EntryFault,
  type FileFault,
  type ForeignEncoding,
  type ForeignFormat,
  LONGEST_LINE,
} from '@jotc/core/board-file/faults'
import { boardFaultText } from '#i18n/faults/words/de.ts'
import { format } from '#i18n/format.ts'
import type { Translation } from '#i18n/languages.ts'
import type { t as en } from './en.ts'

const n = format.number

/** Why there is no board where one should be. */
export function entryFaultText(fault: EntryFault): string {
  switch (fault.code) {
    case 'emptyCell':
      return `Zelle ${n(fault.index + 1)} ist leer. Bis zur letzten Wolke steht in jeder Zelle eine 0 oder eine 1.`
    case 'lineBreak':
      return 'In diesem Brett ist ein Zeilenumbruch. Schreib jedes Brett in eine Zeile.'
    case 'lineTooLong':
      return `Diese Zeile ist zu lang. Höchstens ${n(LONGEST_LINE)} Zeichen sind möglich.`
    case 'notJson':
      return 'Diese Zeile ist kein gültiges JSON.'
    default:
      return boardFaultText(fault)
  }
}

const SAVE_AS_CSV = 'Speichere sie als CSV.'
const FOREIGN_FORMATS: Record<ForeignFormat, string> = {
  Excel: `Das ist eine Excel-Arbeitsmappe. ${SAVE_AS_CSV}`,
  OpenDocument: `Das ist eine OpenDocument-Datei. ${SAVE_AS_CSV}`,
  ZIP: 'Das ist ein ZIP-Archiv. Entpacke es zuerst.',
  gzip: 'Das ist ein gzip-Archiv. Entpacke es zuerst.',
  compressed: 'Diese Datei ist komprimiert. Entpacke sie zuerst.',
  PDF: 'Das ist ein PDF. Speichere die Bretter als Text.',
  RTF: 'Das ist ein formatiertes Dokument. Speichere es als reinen Text.',
  HTML: 'Das ist eine Webseite. Speichere die Bretter als Text.',
  image: 'Das ist ein Bild. Speichere die Bretter als Text.',
}
const FOREIGN_ENCODINGS: Record<ForeignEncoding, string> = {
  'UTF-16 without a byte order mark': 'UTF-16 ohne Byte Order Mark',
  'UTF-32': 'UTF-32',
}

/** Why a file is not read. */
export function fileFaultText(fault: FileFault): string {
  switch (fault.code) {
    case 'foreignFormat':
      return FOREIGN_FORMATS[fault.format]
    case 'foreignEncoding':
      return `Diese Datei ist in ${FOREIGN_ENCODINGS[fault.encoding]} geschrieben. Speichere sie als UTF-8.`
    case 'notUtf8':
      return `Zeile ${n(fault.line)} ist beschädigt oder nicht in UTF-8 geschrieben. Speichere die Datei als UTF-8.`
    case 'noCloudsColumn':
      return 'Die erste Zeile benennt Spalten. Nenne die mit den Brettern „clouds“, und nur diese.'
    case 'openQuote':
      return `Das Anführungszeichen in Zeile ${n(fault.line)} wird nicht geschlossen.`
    case 'brokenJson':
      return `Das JSON bricht in Zeile ${n(fault.line)} bei Zeichen ${n(fault.column)} ab.`
    case 'singleClouds':
      return 'Diese Liste kann ein Brett sein oder viele mit je einer Wolke. Schreib ein Brett als [0, 1, 0].'
    case 'fileTooLarge':
      return 'Sie ist größer als 50 MB. Teile sie auf.'
  }
}

const SEPARATORS = { ',': 'Kommas', ';': 'Semikolons', '\t': 'Tabulatoren' }
const SHAPES = {
  text: 'Text, ein Brett pro Zeile',
  csv: 'CSV',
  hackerRank: 'das zweizeilige Format von HackerRank',
  json: 'JSON',
  jsonLines: 'JSON-Zeilen',
}

export const t: Translation<typeof en> = {
  title: 'Bretter importieren',
  subtitle: 'Eine Datei, viele Bretter. Jedes wird beim Lesen gelöst.',
  signedOut: 'Melde dich an, um Bretter zu importieren',
  signedOutDetail: 'Jedes Brett in der Datei wird gelöst und bei deinen Brettern gespeichert.',
  signIn: 'Anmelden',
  drop: 'Zieh eine Datei hierher oder',
  another: 'Noch eine Datei? Zieh sie hierher oder',
  choose: 'Datei auswählen',
  forms:
    'Text mit einem Brett pro Zeile, CSV, JSON, JSON-Zeilen oder das zweizeilige Format von HackerRank. Bis zu 50 MB.',
  readAs: ({ shape, separator }) =>
    `Gelesen als ${SHAPES[shape]}${separator === undefined ? '' : ` mit ${SEPARATORS[separator]}`}.`,
  refused: 'Datei nicht gelesen',
  tooLarge: (megabytes) => `Sie hat ${megabytes} MB. Höchstens 50 MB sind möglich. Teile sie auf.`,
  empty: 'Sie ist leer. Wähle eine andere.',
  unreadable:
    'Dein Browser konnte die Datei nicht lesen. Vielleicht wurde sie verschoben oder geändert. Wähle sie noch einmal aus.',
  busy: 'Ein Import läuft schon',
  busyDetail: 'Brich ihn ab oder warte, bis er fertig ist.',
  pause: 'Anhalten',
  resume: 'Fortsetzen',
  stop: 'Abbrechen',
  progress: 'Gelesene Bretter',
  read: 'Gelesen',
  readOf: (total) => `{number} von ${n(total)}`,
  rate: 'Tempo',
  perSecond: '{number} pro Sekunde',
  timeLeft: 'Noch',
  seconds: (count) => (count === 1 ? '{number} Sekunde' : '{number} Sekunden'),
  minutes: (count) => (count === 1 ? '{number} Minute' : '{number} Minuten'),
  solvable: 'Lösbar',
  blocked: 'Blockiert',
  errors: 'Nicht gelesen',
  unknown: '–',
  paused: 'Angehalten. Alles bisher Gelesene ist gespeichert.',
  stopped: 'Abgebrochen. Alles bisher Gelesene ist gespeichert.',
  done: (saved, total) =>
    `Fertig. ${n(saved)} von ${n(total)} ${total === 1 ? 'Brett' : 'Brettern'} ${saved === 1 || total === 1 ? 'ist' : 'sind'} gespeichert.`,
  summary: (solvable, blocked, unread) =>
    [
      solvable > 0 && `${n(solvable)} lösbar`,
      blocked > 0 && `${n(blocked)} blockiert`,
      unread > 0 && `${n(unread)} nicht gelesen`,
    ]
      .filter(Boolean)
      .join(', '),
  nothingIn: 'In dieser Datei haben wir kein Brett gefunden.',
  waiting: 'Import wartet',
  waitingOffline: 'Du bist offline. Der Import läuft weiter, sobald du wieder online bist.',
  waitingDetail: 'Der Server ist ausgelastet. Wir versuchen es gleich noch einmal.',
  failed: 'Der Import ist stehen geblieben',
  failedDetail: (what) => `${what} Alles bisher Gelesene ist gespeichert.`,
  otherAccount: 'Dieser Import gehört zu einem anderen Konto. Melde dich dort an, um ihn fortzusetzen.',
  results: 'Ergebnisse',
  lastNine: (total) => `Die letzten neun von ${n(total)}`,
  resultsSoFar: 'Ergebnisse bisher',
  downloadResults: 'Ergebnisse herunterladen',
  downloadErrors: 'Fehlerliste herunterladen',
  notDownloaded: 'Datei nicht heruntergeladen',
  notDownloadedDetail: 'Dein Browser konnte sie nicht erstellen. Versuch es noch einmal.',
  resultsFile: (file) => `${file}-ergebnisse`,
  errorsFile: (file) => `${file}-fehler`,
  line: 'Zeile',
  lines: (list, count) => (count === 1 ? `Zeile ${list}` : `Zeilen ${list}`),
  board: 'Brett',
  boards: 'Bretter',
  clouds: 'Wolken',
  jumps: 'Sprünge',
  total: (jumps) => (jumps === 1 ? '{number} Sprung' : '{number} Sprünge'),
  isBlocked: 'blockiert',
  aBoard: (clouds) => (clouds === 1 ? 'Brett mit einer Wolke' : `Brett mit ${n(clouds)} Wolken`),
  problem: 'Was nicht stimmt',
  item: 'Eintrag',
  items: (list, count) => (count === 1 ? `Eintrag ${list}` : `Einträge ${list}`),
  notSaved: 'Dieses Brett konnte nicht gespeichert werden.',
  more: (count) => `und ${n(count)} weitere`,
}
