import assert from 'node:assert/strict'
import { test } from 'node:test'
import { boardOfLine, lineErrorText } from './read-line.ts'

const slice = (...lines: string[]) => ({ type: 'text/plain' as const, firstLine: 11, lines })
const jsonSlice = (...lines: string[]) => ({ ...slice(...lines), type: 'application/x-ndjson' as const })

test('a line is counted from the beginning of the file', () => {
  assert.equal(boardOfLine(slice('000', '0 1 0'), 12), '010')
})

test('the count of HackerRank’s two lines leads to the board below it', () => {
  assert.equal(boardOfLine(slice('3', '0 1 0'), 11), '010')
})

test('JSON is a board as text, as an array or as its clouds', () => {
  const lines = jsonSlice('"010"', '{"clouds":[0,1,0]}', '{"clouds":"000"}', '[0,1,0]')
  assert.deepEqual(
    [11, 12, 13, 14].map((line) => boardOfLine(lines, line)),
    ['010', '010', '000', '010'],
  )
})

test('what is no board has none', () => {
  assert.equal(boardOfLine(slice('hare', '{"clouds":'), 12), undefined)
  assert.equal(boardOfLine(jsonSlice('hare', '{"clouds":'), 12), undefined)
})

test('why a line was not read is said by its code, with what stands on it', () => {
  const lines = slice('0 2 0', '4', '', '0 1 0', '{"clouds":')
  const error = 'As the service says it.'
  const said = (line: number, code: string) => lineErrorText(lines, { line, code, error })
  assert.equal(said(11, 'notACloud'), 'Position 2 is “2”. Use only 0 and 1.')
  assert.equal(said(12, 'countDiffers'), 'The first line says 4 clouds, but the board has 3.')
  assert.equal(said(15, 'notACloud'), 'Position 1 is “{”. Use only 0 and 1.')
  assert.equal(said(11, 'lineTooLong'), error)
  assert.equal(lineErrorText(jsonSlice('{"clouds":'), { line: 11, code: 'notJson', error }), error)
})
