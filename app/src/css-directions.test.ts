import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { test } from 'node:test'

const PHYSICAL = /^\s*(?:(?:margin|padding|border)-(?:left|right)|left|right|float|text-align: (?:left|right))\b/m

/** What runs from left to right in every language: the board and all that the hare does; charts. */
const LEFT_TO_RIGHT = ['BoardRow', 'Overview', 'RowPicture', 'StackedBars', 'Steps', 'Traveller']

test('styles say where a line begins and ends, not left and right', () => {
  const files = globSync('**/*.css', { cwd: import.meta.dirname })
  const mirrored = files.filter((file) => !LEFT_TO_RIGHT.includes(basename(file, '.module.css')))
  const physical = mirrored.filter((file) => PHYSICAL.test(readFileSync(join(import.meta.dirname, file), 'utf8')))
  assert.deepEqual(physical, [])
})
