import assert from 'node:assert/strict'
import { randomUUIDv7 } from 'node:crypto'
import { after, test } from 'node:test'
import { parseBoard } from '@jotc/core/board'
import { solve } from '@jotc/core/solver'
import { Unauthorized } from '../plugins/refusals.ts'
import { system, wrongFields } from '../testing.ts'
import { submissionRepository } from './repository.ts'

const { api, person, sql } = await system({ after })
const ana = await person('ana')

for (const [row, clouds, total] of [
  ['C001', [0, 0], 1],
  ['C002', [0, 1, 0, 0], 2],
  ['C002', [0, 0, 0, 0], 2],
  ['C002', [0, 0, 0], 1],
  ['C004', [0, 0, 0, 1, 0, 0], 3],
  ['C004 C017', [0, 0, 0, 1, 0], 2],
  ['C005', '000000000', 4],
  ['C005', '0000000000', 5],
  ['C005', '00000000000', 5],
  ['C007', '0001000100', 5],
  ['C007', '00100010000', 6],
  ['C007', '01000010', 4],
  ['C007', '0010100', 4],
  ['C010', '0'.repeat(10_000), 5_000],
  ['C011', [0], 0],
  ['C014', '7\r\n0 0 1 0 0 0 0\r\n', 4],
] as const) {
  test(`${row}: ${JSON.stringify(clouds).slice(0, 40)} takes ${total} jumps`, async () => {
    const { total: answered, solvable, blockedAt } = await ana.solves(clouds)
    assert.deepEqual({ answered, solvable, blockedAt }, { answered: total, solvable: true, blockedAt: null })
  })
}

test('the answer tells the board, its jumps and when it was recorded, and is what the database holds', async () => {
  const { id, createdAt, ...answer } = await ana.solves([0, 0, 1, 0, 0, 1, 0])
  assert.deepEqual(answer, {
    clouds: '0010010',
    size: 7,
    solvable: true,
    total: 4,
    blockedAt: null,
    moves: [
      { from: 0, to: 1 },
      { from: 1, to: 3 },
      { from: 3, to: 4 },
      { from: 4, to: 6 },
    ],
  })
  const [row] = await sql('select * from submissions where id = $1', [id])
  assert.deepEqual(
    [row.user_id, row.clouds, row.size, row.total, row.created_at.toISOString()],
    [ana.id, '0010010', 7, 4, createdAt],
  )
})

for (const [clouds, blockedAt] of [
  [[0, 1, 1, 0], 1],
  [[0, 0, 1, 1, 0, 0], 2],
  [[0, 1, 0, 1, 1, 0], 3],
] as const) {
  test(`C008: ${clouds} has no route, and no number of jumps`, async () => {
    const answer = await ana.solves(clouds)
    assert.deepEqual([answer.solvable, answer.total, answer.blockedAt, answer.moves], [false, null, blockedAt, []])
  })
}

for (const [row, clouds] of [
  ['C010', `0${'10'.repeat(50_000)}`.slice(0, 10_001)],
  ['C013', [1, 0, 0]],
  ['C013', [0, 0, 0, 1]],
  ['C013', [1]],
  ['C016', '8\n0 0 1 0 0 0 0'],
  ['C095', [0, null, 0]],
  ['C095', [0, true, 0]],
  ['C095', ['0', '1', '0']],
  ['C095', 0],
  ['C095', null],
  ['no clouds', []],
  ['no clouds', ''],
] as const) {
  test(`${row}: ${JSON.stringify(clouds).slice(0, 40)} is refused, and nothing is recorded`, async () => {
    const recorded = () => sql('select count(*)::int as rows from submissions')
    const before = await recorded()
    assert.deepEqual(wrongFields(await ana.posts('/jotc', { clouds })), ['clouds'])
    assert.deepEqual(await recorded(), before)
  })
}

test('a wrong board and an unknown field are named together', async () => {
  assert.deepEqual(wrongFields(await ana.posts('/jotc', { clouds: '01', speed: 1 })), ['clouds', 'speed'])
  assert.deepEqual(wrongFields(await ana.posts('/jotc', {})), ['clouds'])
})

test('C079: an account erased while its board is being recorded is refused, not a failure', async () => {
  const board = parseBoard('000')
  await assert.rejects(submissionRepository(api.database).record(randomUUIDv7(), board, solve(board)), Unauthorized)
})
