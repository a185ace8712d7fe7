import assert from 'node:assert/strict'
import { test } from 'node:test'
import { BoardFileReader } from './board-file.ts'
import type { FileFormat } from './entry.ts'
import { entryFaultText, fileFaultText } from './faults.ts'

type Read = { format: FileFormat | undefined; boards: unknown[]; refused: string | undefined }

/** What is read: a board, or [its line, the sentence of the fault]. */
function read(file: string | Uint8Array, isJsonLines = false): Read {
  const reader = new BoardFileReader(isJsonLines)
  const bytes = typeof file === 'string' ? new TextEncoder().encode(file) : file
  const entries = [...reader.read(bytes), ...reader.read(undefined)]
  return {
    format: reader.format,
    boards: entries.map((entry) => ('board' in entry ? entry.board : [entry.line, entryFaultText(entry.fault)])),
    refused: reader.fault && fileFaultText(reader.fault),
  }
}
const boardsIn = (file: string) => read(file).boards
const refusalOf = (file: string | Uint8Array) => read(file).refused
const utf16 = (text: string) => new Uint8Array(Buffer.from(text, 'utf16le'))
const bigEndian = (text: string) => new Uint8Array(Buffer.from(text, 'utf16le').swap16())
const latin1 = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'))

const THREE = ['0010', '000', '0']

test('a line ends a board inside quotation marks and JSON too', () => {
  assert.deepEqual(boardsIn('"010\n010"\n000'), [
    [1, 'There is a line break inside this board. Put each board on one line.'],
    '000',
  ])
  for (const end of ['\\n', '\\r', '\u2028', '\\u0085', '\\u000b']) {
    assert.equal(boardsIn(`["010${end}010", "000"]`).length, 2)
    assert.equal(boardsIn(`["010${end}010", "000"]`)[1], '000')
    assert.match(String(boardsIn(`["010${end}010", "000"]`)[0]), /line break/)
  }
})

test('text has a board a line, with whatever blanks between its clouds', () => {
  const text = '0010\n[0, 0, 0]\n\n  \n0\n'
  assert.deepEqual(read(text), { format: { shape: 'text' }, boards: THREE, refused: undefined })
})

test('CSV is read as spreadsheets write it: with “sep=”, empty cells and rows, a board in one cell', () => {
  for (const separator of [',', ';', '\t'] as const) {
    const csv = ['sep=,', '0,0,1,0', '0,0,0,', ',,,', '0,,,', ''].join('\r\n').replaceAll(',', separator)
    assert.deepEqual(read(csv), { format: { shape: 'csv', separator }, boards: THREE, refused: undefined })
  }
  assert.deepEqual(boardsIn('"0"\n"0","0"\n"0, 0, 0"'), ['0', '00', '000'])
  assert.deepEqual(read('"0, 0, 0"'), { format: { shape: 'text' }, boards: ['000'], refused: undefined })
})

test('a cell that is missing or holds more than a cloud makes no board', () => {
  assert.deepEqual(boardsIn('0;;1;0\n1;0010\n0,0;1,0;0,0'), [
    [1, 'Cell 2 is empty. Each cell before the last cloud holds a 0 or a 1.'],
    [2, 'Position 2 is “0010”. Use only 0 and 1.'],
    [3, 'Position 1 is “0,0”. Use only 0 and 1.'],
  ])
})

test('a number with a decimal comma is no board of two clouds', () => {
  const wrong = (found: string) => `Position 1 is “${found}”. Use only 0 and 1.`
  assert.deepEqual(boardsIn('0,0;;\n"0,00"\n0;0;0'), [[1, wrong('0,0')], [2, wrong('0,00')], '000'])
  assert.deepEqual(boardsIn('name;clouds\na;0,0\nb;[0, 1, 0]\nc;0,1,0'), [[2, wrong('0,0')], '010', '010'])
  assert.deepEqual(boardsIn('0,0\n0,1,0'), ['00', '010'])
})

test('below a header the column “clouds” is read, and the others may hold anything', () => {
  const csv = 'id,note,clouds,size\r\n1,"a ""b"",\n0,1,0",[0010],4\r\n2,5" wide,000,3\r\n,,,\r\n3,,,\r\n4,,"0"\r\n'
  assert.deepEqual(boardsIn(csv), ['0010', '000', [6, 'A board has at least one cloud.'], '0'])
  assert.deepEqual(boardsIn('Clouds\n0010\n0,0,0\n0'), THREE)
  assert.deepEqual(boardsIn('Boards\n0'), [[1, 'Position 1 is “B”. Use only 0 and 1.'], '0'])
})

test('a header without that column, or with two, is refused: nobody knows which cells are clouds', () => {
  const sentence = 'The first row names columns. Name the one with the boards “clouds”, and only that one.'
  assert.deepEqual(read('Row;First;Second\n0;0;0').refused, sentence)
  assert.deepEqual(read('line,error\n3,"No."').refused, sentence)
  assert.deepEqual(read('clouds,clouds\n0,0').refused, sentence)
  assert.deepEqual(read('Row;First;Second\n0;0;0').boards, [])
})

test('HackerRank’s two lines are one board, whose count must be right', () => {
  const text = '4\n0 0 1 0\n\n3\n\n0 0 0\n4\n0 0\n5\n'
  assert.deepEqual(read(text), {
    format: { shape: 'hackerRank' },
    boards: [
      '0010',
      '000',
      [8, 'The first line says 4 clouds, but the board has 2.'],
      [9, 'Position 1 is “5”. Use only 0 and 1.'],
    ],
    refused: undefined,
  })
  assert.deepEqual(boardsIn('10\n0 0 0'), [[2, 'The first line says 10 clouds, but the board has 3.']])
  assert.deepEqual(boardsIn('101\n000'), [[1, 'The first cloud is a thunderhead. Both ends must be 0.'], '000'])
  assert.deepEqual(boardsIn('10\n0000000000'), ['0000000000'])
  assert.deepEqual(boardsIn('3\n0x0'), [
    [1, 'Position 1 is “3”. Use only 0 and 1.'],
    [2, 'Position 2 is “x”. Use only 0 and 1.'],
  ])
  assert.deepEqual(read('4\n0,0,0,0\n0,0\n').format, { shape: 'hackerRank' })
})

test('a JSON array is read in any layout, of arrays, texts or objects', () => {
  const values = [[0, 0, 1, 0], '0 0 0', { clouds: '0', note: ['[1, "0"]', {}] }]
  const file = `\n ${JSON.stringify(values, null, 2)} \n`
  assert.deepEqual(read(file), { format: { shape: 'json' }, boards: THREE, refused: undefined })
  assert.deepEqual(boardsIn('[\n  0,\n  1,\n  0\n]\n[\n  0\n]\n'), ['010', '0'])
  assert.deepEqual(boardsIn('[["0", "1", "0"]]'), ['010'])
  assert.deepEqual(boardsIn('[]'), [])
  assert.deepEqual(boardsIn('[{"note":"\\"]}","clouds":"00"},"\\u0030"]'), ['00', '0'])
  assert.deepEqual(boardsIn('[\n0\n]\n[-1, 0]'), ['0', [4, 'Position 1 is “-1”. Use only 0 and 1.']])
  const wrong = [2, 'The first cloud is a thunderhead. Both ends must be 0.']
  for (const end of ['\n', '\r', '\r\n']) assert.deepEqual(boardsIn(`["00",${end}"10"]`), ['00', wrong])
})

test('an item of JSON that is no board stops nothing, and has its number', () => {
  const reader = new BoardFileReader()
  const entries = reader.read(new TextEncoder().encode('[[0,0],[0,2,0],\n{"board":"0"},[0]]'))
  assert.deepEqual(entries, [
    { line: 1, item: 1, board: '00' },
    { line: 1, item: 2, fault: { code: 'notACloud', index: 1, offset: null, found: '2' } },
    { line: 2, item: 3, fault: { code: 'notABoard' } },
    { line: 2, item: 4, board: '0' },
  ])
})

test('JSON that breaks is refused from there on, and says where', () => {
  assert.deepEqual(refusalOf('[[0,1,0],\n[0,0'), 'The JSON breaks on line 2 at character 4.')
  assert.deepEqual(refusalOf('[[0],\n  [0 1]]'), 'The JSON breaks on line 2 at character 3.')
  assert.deepEqual(refusalOf('[0,1,0],\n[0,0]'), 'The JSON breaks on line 1 at character 8.')
  assert.deepEqual(read('[0,1,0],\n[0,0]').boards, ['010'])
})

test('a list of single texts may be one board or many, and is refused', () => {
  assert.match(refusalOf('["0","1","0"]') ?? '', /one board or many/)
  assert.deepEqual(boardsIn('["0","0","010"]'), ['0', '0', '010'])
})

test('JSON lines are read each for itself', () => {
  const lines = '{"clouds":[0,0,1,0]}\n{\n"000"\r\n3\n\n[0]\n{"note":"\u2028010\u2028","clouds":"00"}'
  const boards = [
    '0010',
    [2, 'This line is not valid JSON.'],
    '000',
    [4, 'Send clouds as an array of 0 and 1, or as text.'],
  ]
  assert.deepEqual(read(lines), { format: { shape: 'jsonLines' }, boards: [...boards, '0', '00'], refused: undefined })
  assert.deepEqual(read('hare\n"0"', true).boards, [[1, 'This line is not valid JSON.'], '0'])
})

test('UTF-8 is read with and without its mark, UTF-16 with it', () => {
  for (const file of ['\ufeff0010\n000\n0', '0010\n\ufeff000\n0']) assert.deepEqual(boardsIn(file), THREE)
  for (const file of [utf16('\ufeff0\t0\t1\t0\r\n000\r\n0'), bigEndian('\ufeff0010\n000\n0')]) {
    assert.deepEqual(read(file).boards, THREE)
  }
})

const EXCEL = 'This is an Excel workbook. Save it as CSV.'
const UTF32 = 'This file is in UTF-32. Save it as UTF-8.'
for (const [begin, sentence] of [
  ['PK\x03\x04\x14\0\x06\0[Content_Types].xml', EXCEL],
  ['PK\x03\x04docProps/', EXCEL],
  ['PK\x03\x04xl/', EXCEL],
  ['PK\x03\x04\n\0\r\0xl/', EXCEL],
  ['\xd0\xcf\x11\xe0', EXCEL],
  ['PK\x03\x04mimetypeapplication/vnd.oasis.opendocument.spreadsheet', 'This is an OpenDocument file. Save it as CSV.'],
  ['PK\x03\x04boards.txt', 'This is a ZIP archive. Unpack it first.'],
  ['\x1f\x8b\x08\0', 'This is a gzip archive. Unpack it first.'],
  ...['BZh9', '\xfd7zXZ\0', '\x28\xb5\x2f\xfd', '7z\xbc\xaf', 'Rar!\x1a'].map(
    (begin) => [begin, 'This is a compressed file. Unpack it first.'] as const,
  ),
  ['%PDF-1.7\n', 'This is a PDF. Save the boards as text.'],
  ['{\\rtf1', 'This is a rich text document. Save it as plain text.'],
  ...['<!doctype', '<?xml', '<html>'].map((begin) => [begin, 'This is a web page. Save the boards as text.'] as const),
  ...['\x89PNG\r\n', '\xff\xd8\xff\xe0', 'GIF89a'].map(
    (begin) => [begin, 'This is an image. Save the boards as text.'] as const,
  ),
  ['\xff\xfe\0\x000\0\0\0', UTF32],
  ['\0\0\xfe\xff\0\0\x000', UTF32],
] as const) {
  test(`a file that begins with ${JSON.stringify(begin)} is named, however it is cut`, () => {
    const bytes = latin1(begin)
    const bitwise = new BoardFileReader()
    for (const byte of bytes) assert.deepEqual(bitwise.read(Uint8Array.of(byte)), [])
    assert.deepEqual(bitwise.read(undefined), [])
    assert.deepEqual([read(bytes).refused, bitwise.fault && fileFaultText(bitwise.fault)], [sentence, sentence])
  })
}

test('digits in UTF-16 or UTF-32 without a mark are named', () => {
  for (const text of ['0', '0\n', '010\r\n0\r\n', '0 1 0\n0']) {
    const sentence = 'This file is in UTF-16 without a byte order mark. Save it as UTF-8.'
    assert.equal(refusalOf(utf16(text)), sentence)
    assert.equal(refusalOf(bigEndian(text)), sentence)
    assert.equal(refusalOf(new Uint8Array(Uint32Array.from(text, (sign) => sign.charCodeAt(0)).buffer)), UTF32)
  }
})

test('bytes that are no UTF-8 end the reading, and what stood before them is right', () => {
  assert.deepEqual(read(latin1('0\n010\n0 \xe4 0\n000')).boards, ['0', '010'])
  assert.equal(refusalOf(latin1('0\n010\n0 \xe4')), 'Line 3 is damaged or not in UTF-8. Save the file as UTF-8.')
})

test('a character that nobody sees is named', () => {
  assert.deepEqual(boardsIn('\0\n0;\ufeff\u200b1;0'), [
    [1, 'Position 1 is an invisible character: U+0000 (NUL). Delete it.'],
    [2, 'Position 2 is an invisible character: U+200B (zero width space). Delete it.'],
  ])
})

test('a JSON line that is too long is said and the next one read, wherever the file is cut', () => {
  const long = `["0"${' '.repeat(70_000)}]\r`
  for (const parts of [[`${long}"000"`], [long, '"000"']]) {
    const reader = new BoardFileReader(true)
    const entries = [...parts, undefined].flatMap((part) => [
      ...reader.read(part === undefined ? part : new TextEncoder().encode(part)),
    ])
    assert.deepEqual(entries, [
      { line: 1, fault: { code: 'lineTooLong' } },
      { line: 2, board: '000' },
    ])
  }
})

test('a line has 65,536 characters at most, and the longest board fits however it is spaced', () => {
  const longest = Array.from('0'.repeat(10_000))
  for (const file of [
    longest.join(' , '),
    JSON.stringify([longest.map(Number)], null, 8),
    longest.map((c) => `"${c}"`).join(';'),
  ]) {
    assert.deepEqual(boardsIn(file), [longest.join('')])
  }
  const tooLong = 'This line is too long. The limit is 65,536 characters.'
  assert.deepEqual(boardsIn(`${' '.repeat(65_537)}\n0\n${'"0",'.repeat(20_000)}\n00`), [
    [1, tooLong],
    '0',
    [3, tooLong],
    '00',
  ])
  assert.deepEqual(boardsIn(`"00"\n${' '.repeat(65_536)}\n000`), ['00', '000'])
  assert.deepEqual(boardsIn(`[[0,0],["${'0'.repeat(70_000)}"],[0]]`), ['00', [1, tooLong], '0'])
})

test('quotation marks that stay open are refused, and no line after them is read', () => {
  assert.deepEqual(read('0,1,0\n0,"0\n0,0,0\n'), {
    format: { shape: 'csv', separator: ',' },
    boards: ['010'],
    refused: 'The quotation mark on line 2 is never closed.',
  })
  assert.equal(refusalOf(`0,"\n${'0\n'.repeat(40_000)}`), 'The quotation mark on line 1 is never closed.')
})

test('a file has 50 MB at most', () => {
  const reader = new BoardFileReader()
  const megabyte = new TextEncoder().encode(`${' '.repeat(1024 * 1024 - 2)}0\n`)
  let boards = 0
  for (let count = 0; count < 51; count++) boards += reader.read(megabyte).length
  assert.deepEqual([boards, reader.fault], [50, { code: 'fileTooLarge', line: 51 }])
})

test('an empty file has no boards', () => {
  for (const file of ['', '\n', ' \r\n\u0085', '\ufeff', ',,,\n']) assert.deepEqual(boardsIn(file), [])
})
