import { createHash } from 'node:crypto'

/** A number in [0, 1) that depends on the words only, so that samples are the same on every machine. */
export function chance(...words: (string | number)[]): number {
  return wholeChance(...words) / 2 ** 32
}

/** The same as an integer in [0, 2^32). */
export function wholeChance(...words: (string | number)[]): number {
  return createHash('sha256').update(words.join(' ')).digest().readUInt32BE()
}

/** A UUID v7 of that moment, whose other bits depend on the words only. */
export function idAt(time: Date, ...words: (string | number)[]): string {
  const bytes = createHash('sha256').update(words.join(' ')).digest().subarray(0, 16)
  bytes.writeUIntBE(time.getTime(), 0, 6)
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x70, 6)
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8)
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
