import assert from 'node:assert/strict'
import { test } from 'node:test'
import { BoardFileReader } from '@jotc/core/board-file'
import { asFile, ERROR_COLUMNS, RESULT_COLUMNS } from './downloads.ts'

const ndjson = (...answers: object[]) => new Blob([answers.map((answer) => `${JSON.stringify(answer)}\n`).join('')])
// `text()` would drop the mark.
const textOf = async (file: Blob) => Buffer.from(await file.arrayBuffer()).toString()

test('results are CSV with a mark, a head and a row for each board', async () => {
  const solved = { line: 1, clouds: '0010010', id: 'a-1', size: 7, solvable: true, total: 4, blockedAt: null }
  const blocked = { line: 2, clouds: '0110', id: 'a-2', size: 4, solvable: false, total: null, blockedAt: 1 }
  const columns = RESULT_COLUMNS.filter((column) => column !== 'item')
  const head = 'line,clouds,size,solvable,total,blockedAt,id\r\n'
  const rows = `\ufeff${head}1,[0010010],7,true,4,,a-1\r\n2,[0110],4,false,,1,a-2\r\n`
  const answers = ndjson(solved, blocked)
  assert.equal(await textOf(await asFile(answers, 'csv', columns)), rows)
  assert.equal(await textOf(await asFile(answers, 'csvSemicolons', columns)), rows.replaceAll(',', ';'))
})

test('results in every format are read again as the boards that they are of', async () => {
  const clouds = ['0010010', '0', '0110']
  const results = ndjson(...clouds.map((board, index) => ({ line: index + 1, clouds: board, id: 'a-1', total: null })))
  for (const format of ['csv', 'csvSemicolons', 'ndjson'] as const) {
    const reader = new BoardFileReader()
    const file = await asFile(results, format, RESULT_COLUMNS)
    const entries = [...reader.read(new Uint8Array(await file.arrayBuffer())), ...reader.read(undefined)]
    const boards = entries.map((entry) => 'board' in entry && entry.board)
    assert.deepEqual(boards, clouds, format)
  }
})

test('errors with quotes and commas are one cell, and none is a formula; NDJSON is as it came', async () => {
  const errors = ndjson({ line: 3, error: '12,004 "clouds"' }, { line: 4, error: '=1' })
  const csv = await asFile(errors, 'csv', ERROR_COLUMNS)
  assert.equal(await textOf(csv), '\ufeffline,item,error\r\n3,,"12,004 ""clouds"""\r\n4,,\'=1\r\n')
  assert.equal(await textOf(await asFile(errors, 'ndjson', ERROR_COLUMNS)), await errors.text())
})
