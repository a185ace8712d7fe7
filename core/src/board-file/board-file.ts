import { Decoder } from './decoder.ts'
import type { Entry, FileFormat, TextReader } from './entry.ts'
import { type FileFault, LARGEST_FILE, LONGEST_LINE } from './faults.ts'
import { JsonLines, JsonText, NOT_JSON, parsed } from './json.ts'
import { Rows } from './rows.ts'

/**
 * Reads a file of boards as its bytes come: text with a board a line, HackerRank's two lines, CSV, JSON, JSON lines, in
 * UTF-8, or in UTF-16 with its mark.
 *
 * Promises: what the file is is decided by its beginning, before its first entry; however the bytes are cut, the
 * entries are the same; no more of it is in memory than one line and what came at once. Each board stood in the file
 * between two line ends, or as one item of JSON: boards never melt together. What cannot be read for sure has a
 * fault: of an entry, after which the reader goes on, or of the file, after which there is nothing.
 */
export class BoardFileReader {
  readonly #decoder = new Decoder()
  #reader: TextReader | undefined
  /** What came before it was clear how to read it. */
  #begun = ''
  #bytes = 0
  #fault: FileFault | undefined

  /** @param isJsonLines whether it is known to be JSON lines; else the file says what it is */
  constructor(isJsonLines = false) {
    if (isJsonLines) this.#reader = new JsonLines()
  }

  /** What the file is taken for; undefined until that is known. */
  get format(): FileFormat | undefined {
    return this.#reader?.format
  }

  /** Why the file is not read, or not any further. */
  get fault(): FileFault | undefined {
    return this.#fault
  }

  /** @param chunk the next bytes; undefined at the end @returns what stands in them, in order */
  read(chunk: Uint8Array | undefined): Entry[] {
    if (this.#fault) return []
    const room = LARGEST_FILE - this.#bytes
    this.#bytes += chunk?.length ?? 0
    const isTooLarge = this.#bytes > LARGEST_FILE
    const decoded = this.#decoder.decode(isTooLarge ? chunk?.subarray(0, room) : chunk)
    this.#fault = this.#decoder.fault
    const damage = decoded.indexOf('\ufffd')
    const entries = this.#readText(damage === -1 ? decoded : decoded.slice(0, damage))
    if (damage !== -1) this.#fault ??= { code: 'notUtf8', line: this.#line }
    if (isTooLarge) this.#fault ??= { code: 'fileTooLarge', line: this.#line }
    return chunk === undefined ? entries.concat(this.#readText(undefined)) : entries
  }

  get #line(): number {
    return this.#reader?.line ?? 1
  }

  #readText(text: string | undefined): Entry[] {
    if (this.#fault) return []
    if (this.#reader) return this.#readBy(this.#reader, text)
    this.#begun += text ?? ''
    this.#reader = readerOf(this.#begun, text === undefined)
    if (this.#reader === undefined) return []
    const entries = this.#readBy(this.#reader, this.#begun)
    this.#begun = ''
    return text === undefined ? entries.concat(this.#readText(undefined)) : entries
  }

  #readBy(reader: TextReader, text: string | undefined): Entry[] {
    const entries = [...reader.read(text)]
    this.#fault = reader.fault
    return entries
  }
}

/** Decides by the first line that is not blank; undefined while that is not complete. */
function readerOf(begun: string, isEnd: boolean): TextReader | undefined {
  const text = begun.replace(/^[\s\u0085]+/, '')
  // No file may fill the memory with blanks.
  if (begun.length - text.length > LONGEST_LINE) return new Rows()
  const [sign] = text
  if (sign === undefined) return isEnd ? new Rows() : undefined
  if (sign !== '[' && sign !== '{' && sign !== '"') return new Rows()
  const [line = '', rest] = text.split(/[\r\n]/, 2)
  if (rest === undefined && !isEnd && text.length <= LONGEST_LINE) return undefined
  if (sign === '"') return line.includes('\\') && parsed(line) !== NOT_JSON ? new JsonLines() : new Rows()
  // What goes on behind the bracket on other lines, or has boards inside, is one text.
  if (/^\[\s*(?:["{[\]]|$)/.test(line)) return new JsonText()
  if (line.length > LONGEST_LINE || parsed(line) !== NOT_JSON) return new JsonLines()
  if (!line.trimEnd().endsWith(sign === '[' ? ']' : '}')) return new JsonText()
  return sign === '[' ? new Rows() : new JsonLines()
}
