import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Board, parseBoard } from '../board.ts'
import { BoardFileReader } from './board-file.ts'
import type { Entry } from './entry.ts'

const anyBoard = fc.array(fc.constantFrom(0, 1), { maxLength: 30 }).map((inner) => parseBoard([0, ...inner, 0]))
const boards = fc.array(fc.oneof(anyBoard, fc.constant(parseBoard('0'))), { minLength: 1, maxLength: 12 })
const lineEnd = fc.constantFrom('\n', '\r\n', '\r', '\u2028', '\u2029', '\u0085', '\v', '\f')
const separator = fc.constantFrom(',', ';', '\t')
const quote = fc.constantFrom('', '"')

/** Reads a file in pieces of these sizes, over and over. */
function read(file: Uint8Array, sizes: readonly number[] = [file.length + 1]) {
  const reader = new BoardFileReader()
  const entries: Entry[] = []
  for (let at = 0, piece = 0; at < file.length; piece++) {
    const size = sizes[piece % sizes.length] ?? 1
    entries.push(...reader.read(file.subarray(at, at + size)))
    at += size
  }
  entries.push(...reader.read(undefined))
  return { entries, format: reader.format, fault: reader.fault }
}

const bytes = (text: string) => new TextEncoder().encode(text)
const boardsOf = (entries: readonly Entry[]) => entries.flatMap((entry) => ('board' in entry ? [entry.board] : []))

/** Every way to write boards that is read. */
const SHAPES: Record<string, fc.Arbitrary<(all: readonly Board[]) => string>> = {
  'text, a board a line': fc.tuple(lineEnd, fc.constantFrom('', ' ', '  ')).map(
    ([end, gap]) =>
      (all) =>
        all.map((board) => Array.from(board).join(gap)).join(end),
  ),
  'CSV, a cell a cloud': fc
    .tuple(lineEnd, separator, quote, fc.boolean())
    .map(([end, part, mark, isPadded]) => (all) => {
      const width = isPadded ? Math.max(...all.map((board) => board.length)) : 0
      return all
        .map((board) => Array.from(board, (cloud) => `${mark}${cloud}${mark}`))
        .map((cells) => [...cells, ...Array<string>(Math.max(0, width - cells.length)).fill('')].join(part) + end)
        .join('')
    }),
  'CSV with a header': fc
    .tuple(lineEnd, separator, fc.string(), fc.constantFrom(['', ''], ['[', ']'], ['"', '"']))
    .map(([end, part, note, [open, close]]) => (all) => {
      const rows = all.map((board) => [`"${note.replaceAll('"', '""')}"`, `${open}${board}${close}`, '7'].join(part))
      return [['note', 'clouds', 'size'].join(part), ...rows].join(end)
    }),
  'HackerRank’s two lines': lineEnd.map(
    (end) => (all) => all.flatMap((board) => [board.length, Array.from(board).join(' ')]).join(end),
  ),
  'a JSON array': fc
    .tuple(
      fc.constantFrom(undefined, 2, '\t'),
      fc.constantFrom('\n', '\r\n', '\r'),
      fc.constantFrom('numbers', 'objects'),
    )
    .map(
      ([indent, end, kind]) =>
        (all) =>
          JSON.stringify(
            all.map((board): unknown => (kind === 'numbers' ? clouds(board) : { note: [board], clouds: board })),
            null,
            indent,
          ).replaceAll('\n', end),
    ),
  'JSON lines': fc
    .tuple(
      fc.constantFrom('\n', '\r\n', '\r'),
      fc.constantFrom(clouds, (board: Board) => ({ clouds: board, note: '\u2028' })),
    )
    .map(
      ([end, write]) =>
        (all) =>
          all.map((board) => JSON.stringify(write(board))).join(end),
    ),
}

function clouds(board: Board): number[] {
  return Array.from(board, Number)
}

for (const [name, shape] of Object.entries(SHAPES)) {
  test(`boards come back from ${name}`, () => {
    fc.assert(
      fc.property(boards, shape, fc.constantFrom('', '\ufeff'), (all, write, mark) => {
        const { entries, fault } = read(bytes(mark + write(all)))
        assert.deepEqual({ boards: boardsOf(entries), fault }, { boards: all, fault: undefined })
      }),
    )
  })
}

const TOKENS = [
  ...['0', '1', '0', '1', '00', '010', '7', '3', ' ', ',', ';', '\t', '"', '[', ']', '{', '}', ':', '\\', 'a', '\0'],
  ...[
    '\n',
    '\r',
    '\r\n',
    '\n',
    '\u2028',
    '\u0085',
    '\v',
    '"clouds":',
    'clouds',
    'sep=;',
    '\\n',
    '\u200b',
    '\ufeff',
    'ä',
  ],
]
const soup = fc.array(fc.constantFrom(...TOKENS), { maxLength: 60 }).map((tokens) => tokens.join(''))
const broken = fc
  .tuple(boards, fc.oneof(...Object.values(SHAPES)), fc.nat(), fc.nat(), fc.constantFrom(...TOKENS))
  .map(([all, write, at, drop, token]) => {
    const text = write(all)
    const from = at % (text.length + 1)
    return text.slice(0, from) + token + text.slice(from + (drop % 4))
  })
const anyText = fc.oneof(soup, broken, fc.string({ unit: 'binary' }))
const anyFile = fc.oneof(
  anyText.map(bytes),
  anyText.map((text) => new Uint8Array(Buffer.from(`\ufeff${text}`, 'utf16le'))),
  fc.uint8Array({ maxLength: 200 }),
)

test('wherever a file is cut on its way, what is read is the same', () => {
  fc.assert(
    fc.property(anyFile, fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 }), (file, sizes) => {
      assert.deepEqual(read(file, sizes), read(file))
    }),
    { numRuns: 3000 },
  )
})

test('no board is read that does not stand in the file', () => {
  fc.assert(
    fc.property(anyFile, (file) => {
      const { entries, format } = read(file)
      const isUtf16 = file[0] === 0xff && file[1] === 0xfe
      const text = new TextDecoder(isUtf16 ? 'utf-16le' : 'utf-8').decode(file)
      const standing = format?.shape.startsWith('json') ? inJson(text) : inRows(text)
      for (const board of boardsOf(entries)) assert(standing.has(board), board)
    }),
    { numRuns: 3000 },
  )
})

/** All rows of clouds between two line ends, or between what is no cloud, no blank and no sign around clouds. */
function inRows(text: string): Set<string> {
  const lines = text.split(/[\n\v\f\r\u0085\u2028\u2029]/)
  const parts = lines.flatMap((line) => line.split(/[^01\s,;"[\]]/))
  return digitsOf([...parts, ...parts.flatMap((part) => [...part.split(/[,;\t]/), ...part.split('"')])])
}

/** All that stands between brackets or quotation marks, of the whole or of a line. */
function inJson(text: string): Set<string> {
  const parts = [text, ...text.split(/[\n\r]/)]
  const lists = parts.flatMap((part) => part.match(/\[[^[\]]*\]/g) ?? [])
  const texts = parts.flatMap((part) => part.match(/"(?:[^"\\]|\\.)*"/g) ?? [])
  return digitsOf([...lists, ...texts.flatMap((item) => item.split(/\\[nr]/))])
}

function digitsOf(parts: readonly string[]): Set<string> {
  return new Set(parts.map((part) => part.replace(/[^01]/g, '')))
}
