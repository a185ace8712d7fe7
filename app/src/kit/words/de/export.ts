import { format } from '../../format.ts'
import type { t as en } from '../en/export.ts'
import type { Translation } from '../translation.ts'

const n = format.number

export const t: Translation<typeof en> = {
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
}
