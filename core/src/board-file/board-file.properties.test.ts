import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Board, parseBoard } from '../board.ts'
import { BoardFileReader } from './board-file.ts'
import type { Entry } from './entry.ts'

const anyBoard = fc
  .array(fc.constantFrom(0, 1), { maxLength: 30, size: 'max' })
  .map((inner) => parseBoard([0, ...inner, 0]))
const boards = fc.array(fc.oneof(anyBoard, fc.constant(parseBoard('0'))), { minLength: 1, maxLength: 12 })
const lineEnd = fc.constantFrom('\n', '\r\n', '\r', '\u2028', '\u2029', '\u0085', '\v', '\f', '\n\n', '\r\r\n')
const separator = fc.constantFrom(',', ';', '\t')
const quote = fc.constantFrom('', '"')
const jsonEnd = fc.constantFrom('\n', '\r\n', '\r')
const item = fc.constantFrom<(board: Board) => unknown>(
  (board) => Array.from(board, Number),
  (board) => ({ note: [board, '\u2028'], clouds: board }),
)

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

type Write = (all: readonly Board[]) => string
function shape<How>(hows: fc.Arbitrary<How>, write: (all: readonly Board[], how: How) => string): fc.Arbitrary<Write> {
  return hows.map((how) => (all) => write(all, how))
}

/** Every way to write boards that is read. */
const SHAPES: Record<string, fc.Arbitrary<Write>> = {
  'text, a board a line': shape(fc.tuple(lineEnd, fc.constantFrom('', ' ', '  ')), (all, [end, gap]) =>
    all.map((board) => Array.from(board).join(gap)).join(end),
  ),
  'CSV, a cell a cloud': shape(
    fc.tuple(lineEnd, separator, quote, fc.boolean()),
    (all, [end, part, mark, isPadded]) => {
      const width = isPadded ? Math.max(...all.map((board) => board.length)) : 0
      return all
        .map((board) => Array.from(board, (cloud) => `${mark}${cloud}${mark}`))
        .map((cells) => [...cells, ...Array<string>(Math.max(0, width - cells.length)).fill('')].join(part) + end)
        .join('')
    },
  ),
  'CSV with a header': shape(
    fc.tuple(lineEnd, separator, fc.string(), fc.constantFrom(['', ''], ['[', ']'], ['"', '"'])),
    (all, [end, part, note, [open, close]]) => {
      const rows = all.map((board) => [`"${note.replaceAll('"', '""')}"`, `${open}${board}${close}`, '7'].join(part))
      return [['note', 'clouds', 'size'].join(part), ...rows].join(end)
    },
  ),
  'HackerRank’s two lines': shape(lineEnd, (all, end) =>
    all.flatMap((board) => [board.length, Array.from(board).join(' ')]).join(end),
  ),
  'a JSON array': shape(fc.tuple(fc.constantFrom(undefined, 2, '\t'), jsonEnd, item), (all, [indent, end, item]) =>
    JSON.stringify(all.map(item), null, indent).replaceAll('\n', end),
  ),
  'JSON lines': shape(fc.tuple(jsonEnd, item), (all, [end, item]) =>
    all.map((board) => JSON.stringify(item(board))).join(end),
  ),
}

for (const [name, writes] of Object.entries(SHAPES)) {
  test(`boards come back from ${name}`, () => {
    fc.assert(
      fc.property(boards, writes, fc.constantFrom('', '\ufeff'), (all, write, mark) => {
        const { entries, fault } = read(bytes(mark + write(all)))
        assert.deepEqual({ boards: boardsOf(entries), fault }, { boards: all, fault: undefined })
      }),
    )
  })
}

const TOKENS = [
  ...['0', '1', '0', '1', '00', '010', '7', '3', ' ', ',', ';', '\t', '"', '[', ']', '{', '}', ':', '\\', 'a', '\0'],
  ...['\n', '\n', '\r', '\r\n', '\u2028', '\u0085', '\v', '\\n', '\u200b', '\ufeff', 'ä', '"clouds":', 'clouds'],
  'sep=;',
]
const soup = fc.array(fc.constantFrom(...TOKENS), { maxLength: 60, size: 'max' }).map((tokens) => tokens.join(''))
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
  fc.uint8Array({ maxLength: 200, size: 'max' }),
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
