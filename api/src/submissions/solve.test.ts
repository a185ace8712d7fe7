import assert from 'node:assert/strict'
import { randomUUID, randomUUIDv7 } from 'node:crypto'
import { after, test } from 'node:test'
import { parseBoard } from '@jotc/core/board'
import { problemOf, system, wrongFields } from '@jotc/testing/service/system'
import { HttpError } from '../http/errors.ts'

const { api, person, sql } = await system({ after })
const ana = await person('ana')

test('a board is an array, text of any spacing, or HackerRank’s two lines', async () => {
  for (const clouds of [[0, 0, 1, 0, 0, 0, 0], '0010000', '7\r\n0 0 1 0 0 0 0\r\n']) {
    assert.equal((await ana.solves(clouds)).total, 4)
  }
  assert.equal((await ana.solves([0])).total, 0)
  assert.equal((await ana.solves('0'.repeat(10_000))).total, 5_000)
})

test('the answer tells the board, its jumps and when it was recorded, and is what the database holds', async () => {
  const { id, createdAt, ...answer } = await ana.solves([0, 0, 1, 0, 0, 1, 0])
  assert.deepEqual(answer, {
    clouds: '0010010',
    size: 7,
    solvable: true,
    total: 4,
    blockedAt: null,
    playedJumps: null,
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

test('the answer says where the submission is, behind a proxy’s prefix too', async () => {
  for (const path of ['/jotc', '/jotc/', '/jotc?x=/', '/jotc/?x']) {
    const answer = await ana.posts(path, { clouds: '000' })
    const location = String(answer.headers.location)
    const { pathname } = new URL(location, `http://localhost${path}`)
    assert.equal((await ana.gets(pathname)).json().id, answer.json().id, path)
    assert.equal(new URL(location, `https://example.org/api${path}`).pathname, `/api${pathname}`)
  }
})

test('a blocked board has no route, and no number of jumps', async () => {
  const answer = await ana.solves([0, 1, 0, 1, 1, 0])
  assert.deepEqual([answer.solvable, answer.total, answer.blockedAt, answer.moves], [false, null, 3, []])
})

for (const clouds of [
  `0${'10'.repeat(50_000)}`.slice(0, 10_001),
  [1, 0, 0],
  [0, null, 0],
  [0, true, 0],
  ['0', '1', '0'],
  0,
  null,
  '',
] as const) {
  test(`${JSON.stringify(clouds).slice(0, 40)} is refused, and nothing is recorded`, async () => {
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

test('of a board that was played the jumps are kept, and stand in every answer', async (t) => {
  const fresh = await system(t)
  const zoe = await fresh.person('zoe')
  for (const [clouds, played] of [
    ['0', [0]],
    ['00100', [0, 1, 3, 4]],
    ['00000', [0, 2, 4]],
    ['00000', [0, 1, 2, 3, 4]],
  ] as const) {
    const answer = await zoe.posts('/jotc', { clouds, played })
    assert.deepEqual([answer.statusCode, answer.json().playedJumps], [201, played.length - 1], String(played))
    const { moves: _, ...submission } = answer.json()
    assert.deepEqual((await zoe.lists()).items[0], { ...submission, email: 'zoe@example.org' })
    const exported = (await zoe.gets('/jotc/export?format=ndjson')).body.split('\n')[0] ?? ''
    assert.deepEqual(JSON.parse(exported), (await zoe.lists()).items[0])
  }
})

for (const [what, clouds, played, code] of [
  ['no list', '000', '0,2', 'notARoute'],
  ['a fraction', '000', [0, 1.5, 2], 'notARoute'],
  ['nothing', '000', [], 'firstNotVisited'],
  ['another begin', '000', [1, 2], 'firstNotVisited'],
  ['a jump of three', '0000', [0, 3], 'notAJump'],
  ['a jump on the spot', '000', [0, 0, 2], 'notAJump'],
  ['a jump back', '000', [0, 1, 0, 2], 'notAJump'],
  ['a thunderhead', '010', [0, 1, 2], 'onThunderhead'],
  ['an end before the last cloud', '0000', [0, 2], 'lastNotVisited'],
  ['an end behind the last cloud', '000', [0, 2, 4], 'lastNotVisited'],
  ['a blocked board', '0110', [0, 2, 3], 'onThunderhead'],
] as const) {
  test(`a way with ${what} is refused by name, and nothing is recorded`, async () => {
    const before = await sql('select count(*) from submissions')
    const answer = await ana.posts('/jotc', { clouds, played })
    assert.deepEqual(wrongFields(answer), ['played'])
    assert.equal(answer.json().errors[0].code, code)
    assert.deepEqual(await sql('select count(*) from submissions'), before)
  })
}

test('an account erased while its board is being recorded is refused, not a failure', async () => {
  const erased = { userId: randomUUIDv7(), id: randomUUIDv7(), board: parseBoard('000'), total: 1, playedJumps: null }
  await assert.rejects(api.recorder.record(erased), HttpError)
})

test('a board sent twice with one Idempotency-Key is recorded once and answered the same', async () => {
  const key = randomUUID()
  const send = () => ana.posts('/jotc', { clouds: '0010010' }, { 'idempotency-key': key })
  const first = await send()
  const [second, third] = await Promise.all([send(), send()])
  assert.equal(first.statusCode, 201)
  assert.equal(first.json().id, key)
  for (const again of [second, third]) assert.deepEqual([again.statusCode, again.body], [201, first.body])
  assert.equal((await sql('select from submissions where id = $1', [key])).length, 1)
})

test('an Idempotency-Key of a board that was played otherwise is refused', async () => {
  const headers = { 'idempotency-key': randomUUID() }
  const send = async (played?: number[]) => (await ana.posts('/jotc', { clouds: '000', played }, headers)).statusCode
  assert.deepEqual(
    [await send([0, 1, 2]), await send([0, 1, 2]), await send([0, 2]), await send()],
    [201, 201, 409, 409],
  )
})

test('requests with one Idempotency-Key at the same moment are recorded once, and all answered the same', async () => {
  const headers = { 'idempotency-key': randomUUID().toUpperCase() }
  const answers = await Promise.all(Array.from({ length: 20 }, () => ana.posts('/jotc', { clouds: '000' }, headers)))
  assert.equal(new Set(answers.map((answer) => answer.body)).size, 1)
  assert.equal(answers[0]?.statusCode, 201)
})

test('an Idempotency-Key of another board or of somebody else is refused, also at the same moment', async () => {
  const ben = await person('ben')
  const headers = { 'idempotency-key': randomUUID() }
  const boards = ['000', '00']
  const answers = await Promise.all(boards.map((clouds) => ana.posts('/jotc', { clouds }, headers)))
  assert.deepEqual(answers.map((answer) => answer.statusCode).sort(), [201, 409])
  for (const clouds of boards) problemOf(await ben.posts('/jotc', { clouds }, headers), 409)
  const again = await Promise.all(boards.map((clouds) => ana.posts('/jotc', { clouds }, headers)))
  assert.deepEqual(
    again.map((answer) => answer.statusCode),
    answers.map((answer) => answer.statusCode),
  )
})

test('an Idempotency-Key that is no UUID is refused by name, and nothing is recorded', async () => {
  for (const key of ['', '12', 'x'.repeat(36)]) {
    const answer = await ana.posts('/jotc', { clouds: '000' }, { 'idempotency-key': key })
    assert.deepEqual(wrongFields(answer), ['idempotency-key'], key)
  }
})
