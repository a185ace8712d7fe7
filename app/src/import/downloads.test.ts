import assert from 'node:assert/strict'
import { test } from 'node:test'
import { asFile, ERROR_COLUMNS, RESULT_COLUMNS } from './downloads.ts'

const ndjson = (...answers: object[]) => new Blob([answers.map((answer) => `${JSON.stringify(answer)}\n`).join('')])
// `text()` would drop the mark.
const textOf = async (file: Blob) => Buffer.from(await file.arrayBuffer()).toString()

test('results are CSV with a mark, a head and a row for each board', async () => {
  const solved = { line: 1, id: 'a-1', size: 7, solvable: true, total: 4, blockedAt: null }
  const blocked = { line: 2, id: 'a-2', size: 4, solvable: false, total: null, blockedAt: 1 }
  const file = await asFile(ndjson(solved, blocked), 'csv', RESULT_COLUMNS)
  assert.equal(
    await textOf(file),
    '\ufeffline,size,solvable,total,blockedAt,id\r\n1,7,true,4,,a-1\r\n2,4,false,,1,a-2\r\n',
  )
})

test('errors with quotes and commas are one cell, and none is a formula', async () => {
  const file = await asFile(
    ndjson({ line: 3, error: '12,004 "clouds"' }, { line: 4, error: '=1' }),
    'csv',
    ERROR_COLUMNS,
  )
  assert.equal(await textOf(file), '\ufeffline,error\r\n3,"12,004 ""clouds"""\r\n4,\'=1\r\n')
})

test('NDJSON is as it came', async () => {
  const answers = ndjson({ line: 3, error: 'No.' })
  assert.equal(await textOf(await asFile(answers, 'ndjson', ERROR_COLUMNS)), '{"line":3,"error":"No."}\n')
})
