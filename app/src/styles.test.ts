import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { test } from 'node:test'

const root = import.meta.dirname
const files = (pattern: string) => globSync(pattern, { cwd: root }).map((file) => join(root, file))
const classesOf = (file: string) => new Set(readFileSync(file, 'utf8').match(/(?<=\.)[a-zA-Z][\w-]*/g))

test('every class that a component names is in its style file', () => {
  const missing: string[] = []
  for (const file of files('**/*.tsx')) {
    const source = readFileSync(file, 'utf8')
    for (const [, name, path] of source.matchAll(/import (\w+) from '(\S+\.module\.css)'/g)) {
      const classes = classesOf(path?.startsWith('#') ? join(root, path.slice(1)) : join(dirname(file), path as string))
      for (const [, used] of source.matchAll(new RegExp(`(?<![\\w./])${name}\\.(\\w+)`, 'g'))) {
        if (!classes.has(used as string)) missing.push(`${basename(file)}: ${name}.${used}`)
      }
    }
  }
  assert.deepEqual(missing, [])
})

const PHYSICAL = /^\s*(?:(?:margin|padding|border)-(?:left|right)|left|right|float|text-align: (?:left|right))\b/m

/** What runs from left to right in every language: the board and all that the hare does; charts. */
const LEFT_TO_RIGHT = ['BoardGrid', 'Overview', 'StackedBars', 'Steps']

test('styles say where a line begins and ends, not left and right', () => {
  const mirrored = files('**/*.css').filter((file) => !LEFT_TO_RIGHT.includes(basename(file, '.module.css')))
  const physical = mirrored.filter((file) => PHYSICAL.test(readFileSync(file, 'utf8')))
  assert.deepEqual(physical, [])
})
