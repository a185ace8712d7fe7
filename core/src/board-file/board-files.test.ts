import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { BoardFileReader } from './board-file.ts'
import type { FileFormat } from './entry.ts'
import { fileFaultText } from './faults.ts'

const csv = (separator: ',' | ';' | '\t'): FileFormat => ({ shape: 'csv', separator })

/** What each was made by stands in the README beside them. */
const READ: Record<string, FileFormat> = {
  'python.csv': csv(','),
  'python-quoted.csv': csv(';'),
  'python.json': { shape: 'json' },
  'hackerrank.txt': { shape: 'hackerRank' },
  'jq-lines.jsonl': { shape: 'jsonLines' },
  'jq-indented.json': { shape: 'json' },
  'libreoffice-german.csv': csv(';'),
  'libreoffice-utf16.tsv': csv('\t'),
  'iconv-utf16.txt': csv('\t'),
  'tr-carriage-returns.txt': { shape: 'text' },
  'export-semicolons.csv': csv(';'),
  'export-through-libreoffice.csv': csv(';'),
  'export.ndjson': { shape: 'jsonLines' },
}
const REFUSED = {
  'libreoffice.xlsx': 'This is an Excel workbook. Save it as CSV.',
  'libreoffice.ods': 'This is an OpenDocument file. Save it as CSV.',
  'gzip.txt.gz': 'This is a gzip archive. Unpack it first.',
  'iconv-latin1.csv': 'Line 1 is damaged or not in UTF-8. Save the file as UTF-8.',
}

async function read(name: string) {
  const reader = new BoardFileReader(/\.(?:jsonl|ndjson)$/.test(name))
  const bytes = await readFile(new URL(`board-files/${name}`, import.meta.url))
  const entries = [...reader.read(bytes), ...reader.read(undefined)]
  return { reader, boards: entries.map((entry) => ('board' in entry ? entry.board : entry.fault)) }
}

for (const [name, format] of Object.entries(READ))
  test(`${name}, which another program wrote, is read as what it is`, async () => {
    const { reader, boards } = await read(name)
    assert.deepEqual(boards.toSorted(), ['0', '000', '0010010', '0110'])
    assert.deepEqual(reader.format, format)
    assert.equal(reader.fault, undefined)
  })

for (const [name, sentence] of Object.entries(REFUSED))
  test(`${name} is refused, and says what to do`, async () => {
    const { reader } = await read(name)
    assert.equal(reader.fault && fileFaultText(reader.fault), sentence)
  })
