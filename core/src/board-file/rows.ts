import type { Board } from '../board.ts'
import {
  boardOfCell,
  boardOfCells,
  type Entry,
  entry,
  type FileFormat,
  isFilled,
  type Separator,
  type TextReader,
} from './entry.ts'
import { type EntryFault, type FileFault, LONGEST_LINE } from './faults.ts'

/** Where a row has several, the first of these parts its cells: the others stand inside numbers and sentences. */
const SEPARATORS: readonly Separator[] = [';', '\t', ',']

type Row = { line: number; text: string; cells: readonly string[] }

/**
 * Boards in rows: text with one a line, HackerRank's two lines, CSV with or without quotation marks.
 *
 * A row is a board where each of its cells holds a cloud, or where only its first is filled; below a header it is the
 * column `clouds`. Each row has the separator that it is written with, unless a header or `sep=` determines it.
 */
export class Rows implements TextReader {
  readonly format: FileFormat = { shape: 'text' }
  fault: FileFault | undefined
  readonly #cutter = new RowCutter()
  #separator: Separator | undefined
  /** Where the boards stand, below a header of several columns. */
  #column: number | undefined
  #isFirst = true
  #isHackerRank: boolean | undefined
  /** A row that may say how many clouds the next one has. */
  #count: Row | undefined

  get line(): number {
    return this.#cutter.line
  }

  *read(text: string | undefined): Generator<Entry> {
    this.#cutter.add(text)
    for (let cut = this.#cutter.next(); cut; cut = this.#cutter.next()) {
      if (cut.text === undefined) {
        yield* this.#takeCount()
        this.#isFirst = false
        yield { line: cut.line, fault: { code: 'lineTooLong' } }
      } else yield* this.#take(cut.line, cut.text)
      if (this.fault) return
    }
    if (this.#cutter.openQuote !== undefined) this.fault = { code: 'openQuote', line: this.#cutter.openQuote }
    else if (text === undefined) yield* this.#takeCount()
  }

  *#take(line: number, text: string): Generator<Entry> {
    if (this.#isFirst && this.#takeSeparator(text)) return
    const separator = this.#separator ?? separatorOf(text)
    const cells = cellsOf(text, separator)
    if (!cells.some(isFilled)) return
    const row = { line, text, cells }
    if (this.#isFirst) {
      this.#isFirst = false
      if (this.#takeHeader(row, separator)) return
    }
    // A list in brackets is text, whatever parts its clouds.
    if (separator && !text.trimStart().startsWith('[')) this.#isCsv(separator)
    if (this.#column !== undefined) yield entry({ line }, boardOfCell(cells[this.#column] ?? ''))
    else yield* this.#takeRow(row)
  }

  /** Excel's own way to say how cells are parted. */
  #takeSeparator(text: string): boolean {
    const stated = /^\s*"?sep=([;,\t])"?\s*$/i.exec(text)?.[1] as Separator | undefined
    if (stated === undefined) return false
    this.#fix(stated)
    return true
  }

  #takeHeader({ line, cells }: Row, separator: Separator | undefined): boolean {
    const names = cells.filter(isFilled).map((cell) => cell.trim().toLowerCase())
    const isHeader = names.includes('clouds') || (names.length > 1 && names.every((name) => /\p{L}/u.test(name)))
    if (!isHeader) return false
    if (names.filter((name) => name === 'clouds').length !== 1) this.fault = { code: 'noCloudsColumn', line }
    if (cells.length > 1) this.#column = cells.findIndex((cell) => cell.trim().toLowerCase() === 'clouds')
    this.#isHackerRank = false
    this.format.shape = 'csv'
    if (separator) this.#fix(separator)
    return true
  }

  #fix(separator: Separator): void {
    this.#separator = this.#cutter.separator = separator
    this.#isCsv(separator)
  }

  #isCsv(separator: Separator): void {
    if (this.format.separator !== undefined || this.#isHackerRank) return
    this.format.shape = 'csv'
    this.format.separator = separator
  }

  *#takeRow(row: Row): Generator<Entry> {
    const count = this.#count
    if (count && !isCount(row)) {
      this.#count = undefined
      this.#isHackerRank ??= isPair(count, row)
      if (this.#isHackerRank) {
        this.format.shape = 'hackerRank'
        delete this.format.separator
        yield entry({ line: row.line }, counted(boardOfCells(row.cells), Number(count.text)))
        return
      }
      yield entry({ line: count.line }, boardOfCells(count.cells))
    }
    if (this.#isHackerRank !== false && isCount(row)) {
      yield* this.#takeCount()
      this.#count = row
      return
    }
    this.#isHackerRank ??= false
    yield entry({ line: row.line }, boardOfCells(row.cells))
  }

  /** A count without a row is a row by itself, and no board. */
  *#takeCount(): Generator<Entry> {
    if (this.#count) yield entry({ line: this.#count.line }, boardOfCells(this.#count.cells))
    this.#count = undefined
  }
}

/** A row of clouds begins with 0, a number does not. */
function isCount({ text }: Row): boolean {
  return /^\s*[1-9]\d*\s*$/.test(text)
}

/** A number of zeros and ones alone may be a wrong board: then the next row is a board of its own, unless it fits. */
function isPair(count: Row, { text }: Row): boolean {
  if (/[^01\s,;"]/.test(text)) return false
  return /[2-9]/.test(count.text) || /\d\D+\d/.test(text) || text.replace(/\D/g, '').length === Number(count.text)
}

function counted(board: Board | EntryFault, stated: number): Board | EntryFault {
  if (typeof board !== 'string' || board.length === stated) return board
  return { code: 'countDiffers', stated, found: board.length }
}

function separatorOf(text: string): Separator | undefined {
  const unquoted = text.includes('"') ? text.replace(/"[^"]*"/g, '') : text
  return SEPARATORS.find((separator) => unquoted.includes(separator))
}

const QUOTED_CELL = / *"([^"]*(?:""[^"]*)*)"/y

/** The cells of a row, by RFC 4180. Quotation marks inside a cell that does not begin with one stand for themselves. */
function cellsOf(text: string, separator: Separator | undefined): string[] {
  if (!text.includes('"')) return separator ? text.split(separator) : [text]
  const cells: string[] = []
  for (let at = 0; at <= text.length; ) {
    QUOTED_CELL.lastIndex = at
    const quoted = QUOTED_CELL.exec(text)
    const after = at + (quoted?.[0].length ?? 0)
    const found = separator ? text.indexOf(separator, after) : -1
    const end = found === -1 ? text.length : found
    cells.push((quoted?.[1]?.replaceAll('""', '"') ?? '') + text.slice(after, end))
    at = end + 1
  }
  return cells
}

/** A row, or where it is too long no more than its place. */
type Cut = { line: number; text: string | undefined }

/** Cuts text into rows. A row ends with its line, unless that ends inside quotation marks. */
class RowCutter {
  /** Where quotation marks opened that do not close in a row's length, or at all. */
  openQuote: number | undefined
  /** Quotation marks open at the beginning of a cell: behind this, or behind any where it is not known. */
  separator: Separator | undefined
  #text = ''
  #from = 0
  #searched = 0
  #isEnd = false
  line = 1
  #linesInside = 0
  /** The line on which the quotation mark stands that is open. */
  #quotedFrom: number | undefined
  #quotedAt = -1
  #closedAt = -1
  /** The rest of a line that is too long is passed over. */
  #isPassing = false

  add(text: string | undefined): void {
    this.#text = this.#text.slice(this.#from) + (text ?? '')
    this.#searched -= this.#from
    this.#closedAt -= this.#from
    this.#quotedAt -= this.#from
    this.#from = 0
    this.#isEnd = text === undefined
  }

  /** The next row; undefined where more text is needed, or quotation marks stay open. */
  next(): Cut | undefined {
    while (this.openQuote === undefined) {
      const stop = this.#nextStop()
      this.#checkLength(stop?.at ?? this.#text.length)
      if (this.openQuote !== undefined) return undefined
      if (stop === undefined) return this.#isEnd ? this.#rest() : this.#wait()
      if (stop.sign === '"') this.#takeQuote(stop.at)
      else if (stop.sign === '\r' && stop.at + 1 === this.#text.length && !this.#isEnd) return undefined
      else {
        this.#searched = stop.at + stop.sign.length
        if (this.#quotedFrom === undefined) return this.#cut(stop.at, this.#searched)
        this.#linesInside++
      }
    }
    return undefined
  }

  #nextStop(): { at: number; sign: string } | undefined {
    STOP.lastIndex = this.#searched
    const found = STOP.exec(this.#text)
    return found ? { at: found.index, sign: found[0] } : undefined
  }

  #checkLength(until: number): void {
    if (until - this.#from > LONGEST_LINE) this.#isPassing = true
    if (this.#quotedFrom !== undefined && until - this.#quotedAt > LONGEST_LINE) this.openQuote = this.#quotedFrom
  }

  #takeQuote(at: number): void {
    this.#searched = at + 1
    if (this.#quotedFrom !== undefined) {
      this.#quotedFrom = undefined
      this.#closedAt = at
    } else if (this.#closedAt === at - 1 || this.#beginsCell(at)) {
      this.#quotedFrom = this.line + this.#linesInside
      this.#quotedAt = at
    }
  }

  #beginsCell(at: number): boolean {
    let before = at - 1
    while (before >= this.#from && this.#text[before] === ' ') before--
    if (before < this.#from) return true
    const sign = this.#text[before] as Separator
    return this.separator === undefined ? SEPARATORS.includes(sign) : sign === this.separator
  }

  #cut(end: number, next: number): Cut {
    const cut = { line: this.line, text: this.#isPassing ? undefined : this.#text.slice(this.#from, end) }
    this.line += this.#linesInside + (next > end ? 1 : 0)
    this.#linesInside = 0
    this.#from = next
    this.#closedAt = -1
    this.#isPassing = false
    return cut
  }

  /** Of a row that is too long no more is kept than shows whether a cell begins here. */
  #wait(): undefined {
    const { length } = this.#text
    this.#searched = length
    if (!this.#isPassing) return
    let end = length
    while (end > this.#from && this.#text[end - 1] === ' ') end--
    this.#text = this.#text.slice(Math.max(this.#from, end - 1), end) + (end < length ? ' ' : '')
    const dropped = length - this.#text.length
    this.#from = 0
    this.#searched -= dropped
    this.#closedAt -= dropped
    this.#quotedAt -= dropped
  }

  #rest(): Cut | undefined {
    this.openQuote = this.#quotedFrom
    this.#searched = this.#text.length
    if (this.openQuote !== undefined || (this.#from === this.#text.length && !this.#isPassing)) return undefined
    return this.#cut(this.#text.length, this.#text.length)
  }
}

const STOP = /\r\n|["\n\v\f\r\u0085\u2028\u2029]/g
