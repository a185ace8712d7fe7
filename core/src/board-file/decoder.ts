import type { FileFault, ForeignEncoding, ForeignFormat } from './faults.ts'

/** Bytes that tell what a file is. */
const HEAD = 512
const [LF, CR] = [10, 13]

/**
 * The text of a file as its bytes come: UTF-8, or UTF-16 by its mark. Whatever else it is has a name in `fault`.
 * What is no character comes as U+FFFD. However the bytes are cut, the text is the same.
 */
export class Decoder {
  #head: Uint8Array | undefined = new Uint8Array()
  #decoder: TextDecoder | undefined
  /** Set where the file is none that is read; then there is no text. */
  fault: FileFault | undefined

  /** @param chunk undefined at the end */
  decode(chunk: Uint8Array | undefined): string {
    if (this.fault) return ''
    if (this.#head === undefined) return this.#decoder?.decode(chunk, { stream: chunk !== undefined }) ?? ''
    const head = chunk ? joined(this.#head, chunk) : this.#head
    if (chunk && !isTelling(head)) {
      this.#head = head
      return ''
    }
    this.#head = undefined
    this.fault = foreign(firstLine(head.subarray(0, HEAD)), head.subarray(0, HEAD))
    if (this.fault) return ''
    this.#decoder = new TextDecoder(encodingOf(head))
    return this.#decoder.decode(head, { stream: chunk !== undefined })
  }
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const both = new Uint8Array(first.length + second.length)
  both.set(first)
  both.set(second, first.length)
  return both
}

/** Whether these first bytes tell all. A sender who waits for answers line by line has sent no more than one line. */
function isTelling(head: Uint8Array): boolean {
  if (head.length >= HEAD) return true
  // A mark has four bytes at most, and begins with one of these.
  if (startsWith(head, 'PK') || head.length < (head[0] === 0xff || head[0] === 0 ? 4 : 2)) return false
  return head.includes(LF) || head.includes(CR)
}

function firstLine(head: Uint8Array): Uint8Array {
  const end = head.findIndex((byte) => byte === LF || byte === CR)
  return end === -1 ? head : head.subarray(0, end)
}

function encodingOf([first, second]: Uint8Array): string {
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  return first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8'
}

const FORMATS: readonly (readonly [begin: string, format: ForeignFormat])[] = [
  ['\xd0\xcf\x11\xe0', 'Excel'],
  ['\x1f\x8b', 'gzip'],
  ['BZh', 'compressed'],
  ['\xfd7zXZ', 'compressed'],
  ['\x28\xb5\x2f\xfd', 'compressed'],
  ['7z\xbc\xaf', 'compressed'],
  ['Rar!', 'compressed'],
  ['%PDF-', 'PDF'],
  ['{\\rtf', 'RTF'],
  ['<!', 'HTML'],
  ['<?', 'HTML'],
  ['<html', 'HTML'],
  ['\x89PNG', 'image'],
  ['\xff\xd8\xff', 'image'],
  ['GIF8', 'image'],
]

function foreign(line: Uint8Array, head: Uint8Array): FileFault | undefined {
  if (startsWith(head, 'PK\x03\x04')) return { code: 'foreignFormat', format: packedFormat(latin1(head)) }
  const known = FORMATS.find(([begin]) => startsWith(head, begin))
  if (known) return { code: 'foreignFormat', format: known[1] }
  const encoding = foreignEncoding(line, head)
  return encoding && { code: 'foreignEncoding', encoding }
}

/** Office files are ZIP archives; the names of their first entries say so. */
function packedFormat(head: string): ForeignFormat {
  if (head.includes('[Content_Types].xml') || head.includes('xl/') || head.includes('docProps/')) return 'Excel'
  return head.includes('opendocument') ? 'OpenDocument' : 'ZIP'
}

/** Digits in UTF-16 and UTF-32 are a byte beside one or three of zero. */
function foreignEncoding(line: Uint8Array, head: Uint8Array): ForeignEncoding | undefined {
  if (startsWith(head, '\xff\xfe\0\0') || startsWith(head, '\0\0\xfe\xff')) return 'UTF-32'
  if (encodingOf(head) !== 'utf-8') return undefined
  const zeros = zerosByPlace(line, 4)
  if (zeros === '0111' || zeros === '1110') return 'UTF-32'
  const places = zerosByPlace(line, 2)
  return places === '01' || places === '10' ? 'UTF-16 without a byte order mark' : undefined
}

/** For each place in a unit of so many bytes, whether it is zero: `1` nearly always, `0` never, `?` else. */
function zerosByPlace(line: Uint8Array, unit: number): string {
  const units = Math.floor(line.length / unit)
  const zeros = Array<number>(unit).fill(0)
  for (const [at, byte] of line.entries()) if (byte === 0) zeros[at % unit] = (zeros[at % unit] ?? 0) + 1
  return zeros.map((count) => (count === 0 ? '0' : units > 0 && count >= units * 0.75 ? '1' : '?')).join('')
}

function startsWith(bytes: Uint8Array, begin: string): boolean {
  if (bytes.length < begin.length) return false
  for (let at = 0; at < begin.length; at++) if (bytes[at] !== begin.charCodeAt(at)) return false
  return true
}

function latin1(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes)
}
