import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { test } from 'node:test'
import { runInNewContext } from 'node:vm'
import { parseBoard } from '@jotc/core/board'
import { solve } from '@jotc/core/solver'
import { CODE } from './code.ts'

/** All of up to eleven clouds. */
const boards = Array.from({ length: 2 ** 10 - 1 }, (_, n) => [...(n + 1).toString(2).slice(1), '0'].map(Number))
  .map((inner) => [0, ...inner])
  .concat([[0]])
const fewest = boards.map((clouds) => solve(parseBoard(clouds)).total)

test('the code in TypeScript is right on every small board', () => {
  const code = CODE.typescript.text.replace(': number[]', '')
  const fewestJumps = runInNewContext(`(${code})`) as (clouds: number[]) => number | null
  assert.deepEqual(boards.map(fewestJumps), fewest)
})

test('the code in Python is right on every small board', { skip: !hasPython() && 'no Python here' }, () => {
  const code = `${CODE.python.text}
import json
print(json.dumps([fewest_jumps(clouds) for clouds in json.loads(input())]))`
  const { stdout } = spawnSync('python3', ['-c', code], { input: JSON.stringify(boards), encoding: 'utf8' })
  assert.deepEqual(JSON.parse(stdout), fewest)
})

test('both have ten lines, and those that jump are where they are said to be', () => {
  for (const { text, lines } of Object.values(CODE)) {
    const written = text.split('\n')
    assert.equal(written.length, 10)
    assert.match(written[lines.start - 1] ?? '', /at.* = 0/)
    assert.match(written[lines.two - 1] ?? '', /at \+= 2|at \+ 2, /)
    assert.match(written[lines.one - 1] ?? '', /at \+= 1|at \+ 1, /)
  }
})

function hasPython(): boolean {
  return spawnSync('python3', ['-c', 'import sys; sys.exit(sys.version_info < (3, 10))']).status === 0
}
