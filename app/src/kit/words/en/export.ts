import { format } from '../../format.ts'

const { number } = format

export const t = {
  export: 'Export',
  exporting: 'Exporting',
  progress: 'Submissions exported',
  rows: number,
  rowsOf: (count: number, total: number) => `${number(count)} of ${number(total)}`,
  rowsOfAbout: (count: number, total: number) => `${number(count)} of about ${number(total)}`,
  cancel: 'Cancel',
  done: 'Export saved',
  doneDetail: (count: number) =>
    count === 1 ? 'One submission is in the file.' : `${number(count)} submissions are in the file.`,
  failed: 'Export broke off',
  failedDetail: (why: string) => `${why} No file was saved.`,
  notWritten: 'The file could not be written. There may be no room for it.',
  file: (day: string) => `submissions-${day}`,
}
