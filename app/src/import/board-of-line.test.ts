import assert from 'node:assert/strict'
import { test } from 'node:test'
import { boardOfLine } from './board-of-line.ts'

const slice = (...lines: string[]) => ({ firstLine: 11, lines })

test('a line is counted from the beginning of the file', () => {
  assert.equal(boardOfLine(slice('000', '0 1 0'), 12), '010')
})

test('the count of HackerRank’s two lines leads to the board below it', () => {
  assert.equal(boardOfLine(slice('3', '0 1 0'), 11), '010')
})

test('JSON is a board as text, as an array or as its clouds', () => {
  const lines = slice('"010"', '{"clouds":[0,1,0]}', '{"clouds":"000"}', '[0,1,0]')
  assert.deepEqual(
    [11, 12, 13, 14].map((line) => boardOfLine(lines, line)),
    ['010', '010', '000', '010'],
  )
})

test('what is no board has none', () => {
  assert.equal(boardOfLine(slice('hare', '{"clouds":'), 12), undefined)
})
