import { type BoardFault, boardFaultText } from '../board.ts'

/** UTF-16 units of a line, or of an item of JSON without its layout. The longest board fits however it is spaced. */
export const LONGEST_LINE = 64 * 1024
/** Bytes. */
export const LARGEST_FILE = 50 * 1024 * 1024

/** Why there is no board where one should be; the rest of the file is read all the same. `index` counts cells from 0. */
export type EntryFault =
  | BoardFault
  | { code: 'emptyCell'; index: number }
  | { code: 'lineBreak' }
  | { code: 'lineTooLong' }
  | { code: 'notJson' }

/** Why a file is not read, or not from this place on. Lines and columns count from 1. */
export type FileFault =
  | { code: 'foreignFormat'; format: ForeignFormat }
  | { code: 'foreignEncoding'; encoding: ForeignEncoding }
  | { code: 'notUtf8'; line: number }
  | { code: 'noCloudsColumn'; line: number }
  | { code: 'openQuote'; line: number }
  | { code: 'brokenJson'; line: number; column: number }
  | { code: 'singleClouds'; line: number }
  | { code: 'fileTooLarge'; line: number }

export type ForeignFormat = 'Excel' | 'OpenDocument' | 'ZIP' | 'gzip' | 'compressed' | 'PDF' | 'RTF' | 'HTML' | 'image'
export type ForeignEncoding = 'UTF-16 without a byte order mark' | 'UTF-32'

const number = new Intl.NumberFormat('en')

/** The fault as an English sentence. */
export function entryFaultText(fault: EntryFault): string {
  switch (fault.code) {
    case 'emptyCell':
      return `Cell ${number.format(fault.index + 1)} is empty. Each cell before the last cloud holds a 0 or a 1.`
    case 'lineBreak':
      return 'There is a line break inside this board. Put each board on one line.'
    case 'lineTooLong':
      return `This line is too long. The limit is ${number.format(LONGEST_LINE)} characters.`
    case 'notJson':
      return 'This line is not valid JSON.'
    default:
      return boardFaultText(fault)
  }
}

const SAVE_AS_CSV = 'Save it as CSV.'
const FOREIGN_FORMATS: Record<ForeignFormat, string> = {
  Excel: `This is an Excel workbook. ${SAVE_AS_CSV}`,
  OpenDocument: `This is an OpenDocument file. ${SAVE_AS_CSV}`,
  ZIP: 'This is a ZIP archive. Unpack it first.',
  gzip: 'This is a gzip archive. Unpack it first.',
  compressed: 'This is a compressed file. Unpack it first.',
  PDF: 'This is a PDF. Save the boards as text.',
  RTF: 'This is a rich text document. Save it as plain text.',
  HTML: 'This is a web page. Save the boards as text.',
  image: 'This is an image. Save the boards as text.',
}

/** The fault as one English sentence or two. */
export function fileFaultText(fault: FileFault): string {
  switch (fault.code) {
    case 'foreignFormat':
      return FOREIGN_FORMATS[fault.format]
    case 'foreignEncoding':
      return `This file is in ${fault.encoding}. Save it as UTF-8.`
    case 'notUtf8':
      return `Line ${number.format(fault.line)} is damaged or not in UTF-8. Save the file as UTF-8.`
    case 'noCloudsColumn':
      return 'The first row names columns. Name the one with the boards “clouds”, and only that one.'
    case 'openQuote':
      return `The quotation mark on line ${number.format(fault.line)} is never closed.`
    case 'brokenJson':
      return `The JSON breaks on line ${number.format(fault.line)} at character ${number.format(fault.column)}.`
    case 'singleClouds':
      return 'This list can be one board or many boards of one cloud. Write a board as [0, 1, 0] or as "010".'
    case 'fileTooLarge':
      return 'It is larger than 50 MB. Split it.'
  }
}
