import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cloudAfterKey, layOut, renderedRows, visibleRows } from './layout.ts'

test('columns follow the width of the board and the number of clouds, and the last row may be short', () => {
  const columns = (width: number) => [10, 60, 61].map((size) => layOut(width, size).columns)
  assert.deepEqual(columns(1200), [20, 20, 25])
  assert.deepEqual(columns(740), [15, 15, 15])
  assert.deepEqual(columns(500), [10, 10, 10])
  assert.deepEqual(columns(358), [5, 7, 8])
  const rows = [1, 20, 26].map((size) => layOut(1200, size).rows)
  assert.deepEqual(rows, [1, 1, 2])
})

test('a cloud is never larger than 72 px and a row of them never wider than the board', () => {
  assert.equal(layOut(2000, 3).tile, 72)
  for (const width of [320, 358, 600, 900, 1200]) {
    const { columns, tile } = layOut(width, 1000)
    assert.ok(columns * tile <= width)
  }
})

test('a million clouds on a phone stay below the tallest element that browsers lay out', () => {
  const { rows, rowHeight } = layOut(304, 1_000_000)
  assert.ok(rows * rowHeight < 17_000_000)
})

test('rows cut by an edge of the window are visible, and the last one where a board became smaller', () => {
  const layout = { rows: 100, rowHeight: 90 }
  assert.deepEqual(visibleRows(layout, 0, 450), { begin: 0, end: 5 })
  assert.deepEqual(visibleRows(layout, 89, 450), { begin: 0, end: 6 })
  assert.deepEqual(visibleRows(layout, 90, 450), { begin: 1, end: 6 })
  assert.deepEqual(visibleRows({ rows: 2, rowHeight: 90 }, 5000, 450), { begin: 1, end: 2 })
})

test('the row of the keyboard’s cloud is rendered wherever the window is', () => {
  assert.deepEqual(renderedRows({ begin: 10, end: 12 }, 100, 0), [0, 8, 9, 10, 11, 12, 13])
  assert.deepEqual(renderedRows({ begin: 0, end: 2 }, 100, 50), [0, 1, 2, 3, 50])
  assert.deepEqual(renderedRows({ begin: 0, end: 2 }, 100, 1), [0, 1, 2, 3])
})

test('keys move by a cloud, by a visual row in its column, by ten rows and to the ends; others nowhere', () => {
  const from = (cloud: number, ...keys: string[]) => keys.map((key) => cloudAfterKey(key, cloud, 120, 8))
  assert.deepEqual(from(20, 'ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'), [19, 21, 12, 28])
  assert.deepEqual(from(3, 'ArrowUp', 'PageUp', 'Home', 'End'), [3, 0, 0, 119])
  assert.deepEqual(from(115, 'ArrowDown', 'PageDown', 'PageUp'), [115, 119, 35])
  assert.deepEqual([...from(0, 'ArrowLeft', 'PageDown'), ...from(119, 'ArrowRight')], [0, 80, 119])
  assert.deepEqual(from(5, 'a'), [undefined])
})
