import { LONGEST_RECORDED_BOARD } from '../board.ts'
import { boardOfJson, type Entry, entry, type FileFormat, type TextReader } from './entry.ts'
import { type FileFault, LONGEST_LINE } from './faults.ts'

const LINE_END = /\r\n|[\n\r]/g

/** JSON lines: a value a line, each with a board. A line that is none stops nothing. */
export class JsonLines implements TextReader {
  readonly format: FileFormat = { shape: 'jsonLines' }
  readonly fault = undefined
  #text = ''
  line = 1
  #isTooLong = false;

  *read(text: string | undefined): Generator<Entry> {
    this.#text += text ?? ''
    let from = 0
    LINE_END.lastIndex = 0
    for (let end = LINE_END.exec(this.#text); end; end = LINE_END.exec(this.#text)) {
      const next = LINE_END.lastIndex
      if (end[0] === '\r' && next === this.#text.length && text !== undefined) break
      yield* this.#take(this.#text.slice(from, end.index))
      this.line++
      from = next
      LINE_END.lastIndex = next
    }
    this.#text = this.#text.slice(from)
    if (text === undefined) yield* this.#take(this.#text)
    else if (this.#text.length > LONGEST_LINE + 1) {
      this.#isTooLong = true
      this.#text = this.#text.endsWith('\r') ? '\r' : ''
    }
  }

  *#take(text: string): Generator<Entry> {
    const place = { line: this.line }
    const isTooLong = this.#isTooLong || text.length > LONGEST_LINE
    this.#isTooLong = false
    if (isTooLong) yield { ...place, fault: { code: 'lineTooLong' } }
    else if (text.trim() !== '') {
      const value = parsed(text)
      yield value === NOT_JSON ? { ...place, fault: { code: 'notJson' } } : entry(place, boardOfJson(value))
    }
  }
}

type Item = { text: string; line: number; column: number; depth: number; isString: boolean; isTooLong: boolean }

/**
 * JSON in any layout: an array with an item for each board, or boards one after another. Items are parsed one by one:
 * no more than one is in memory, and each is checked before the next.
 */
export class JsonText implements TextReader {
  readonly format: FileFormat = { shape: 'json' }
  fault: FileFault | undefined
  #place: 'value' | 'opened' | 'item' | 'afterItem' = 'value'
  #isInList = false
  line = 1
  #column = 0
  #wasCr = false
  #items = 0
  /** The item that is being read, its layout cut to single blanks. */
  #item: Item | undefined
  #isEscaped = false
  /** Texts of one character: boards of one cloud, if a longer one follows; else perhaps the clouds of one board. */
  #held: Entry[] | undefined;

  *read(text: string | undefined): Generator<Entry> {
    if (text === undefined) {
      if (this.#item || this.#isInList || this.#place !== 'value') this.#break()
      return
    }
    for (let at = 0; at < text.length && !this.fault; at++) {
      const sign = text[at] as string
      this.#count(sign)
      if (this.#item) yield* this.#addToItem(sign)
      else if (!isLayout(sign)) yield* this.#takeSign(sign)
    }
  }

  #count(sign: string): void {
    const isLineEnd = sign === '\r' || (sign === '\n' && !this.#wasCr)
    if (isLineEnd) this.line++
    if (isLineEnd || sign === '\n') this.#column = 0
    else this.#column++
    this.#wasCr = sign === '\r'
  }

  *#takeSign(sign: string): Generator<Entry> {
    switch (this.#place) {
      case 'value':
        if (sign === '[' && !this.#isInList) this.#place = 'opened'
        else if (/["{[]/.test(sign)) this.#begin(sign, '')
        else this.#break()
        return
      case 'opened':
        if (sign === ']') this.#place = 'value'
        else if (/["{[]/.test(sign)) {
          this.#isInList = true
          this.#held = []
          this.#begin(sign, '')
        } else if (/[-\d]/.test(sign)) this.#begin(sign, '[')
        else this.#break()
        return
      default:
        if (sign === ',') this.#place = 'value'
        else if (sign === ']') yield* this.#closeList()
        else this.#break()
    }
  }

  #begin(sign: string, opened: string): void {
    const depth = opened === '[' || sign !== '"' ? 1 : 0
    this.#item = {
      text: opened + sign,
      line: this.line,
      column: this.#column,
      depth,
      isString: sign === '"',
      isTooLong: false,
    }
  }

  *#addToItem(sign: string): Generator<Entry> {
    const item = this.#item as Item
    if (item.text.length > LONGEST_LINE) {
      item.isTooLong = true
      item.text = ''
    }
    if (item.isString) {
      item.text += sign
      if (this.#isEscaped) this.#isEscaped = false
      else if (sign === '\\') this.#isEscaped = true
      else if (sign === '"') item.isString = false
      if (!item.isString && item.depth === 0) yield* this.#finish()
      return
    }
    if (!isLayout(sign)) item.text += sign
    else if (!item.text.endsWith(' ')) item.text += ' '
    if (sign === '"') item.isString = true
    else if (sign === '[' || sign === '{') item.depth++
    else if ((sign === ']' || sign === '}') && --item.depth === 0) yield* this.#finish()
  }

  *#finish(): Generator<Entry> {
    const { text, line, column, isTooLong } = this.#item as Item
    this.#item = undefined
    this.#place = this.#isInList ? 'afterItem' : 'value'
    const place = { line, item: ++this.#items }
    if (isTooLong || text.length > LONGEST_LINE) {
      yield* this.#release()
      yield { ...place, fault: { code: 'lineTooLong' } }
      return
    }
    const value = parsed(text)
    if (value === NOT_JSON) {
      this.fault = { code: 'brokenJson', line, column }
      return
    }
    const read = entry(place, boardOfJson(value))
    if (this.#held && typeof value === 'string' && value.length < 2) this.#held.push(read)
    else {
      yield* this.#release()
      yield read
    }
    if ((this.#held?.length ?? 0) > LONGEST_RECORDED_BOARD) this.fault = { code: 'singleClouds', line }
  }

  *#release(): Generator<Entry> {
    yield* this.#held ?? []
    this.#held = undefined
  }

  *#closeList(): Generator<Entry> {
    if ((this.#held?.length ?? 0) > 1) this.fault = { code: 'singleClouds', line: this.line }
    else yield* this.#release()
    this.#isInList = false
    this.#place = 'value'
  }

  #break(): void {
    this.fault = { code: 'brokenJson', line: this.line, column: this.#column }
  }
}

const isLayout = (sign: string) => sign === ' ' || sign === '\n' || sign === '\r' || sign === '\t'

export const NOT_JSON = Symbol()

/** @returns `NOT_JSON` where the text is none */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return NOT_JSON
  }
}
