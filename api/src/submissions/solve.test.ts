import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, test } from 'node:test'
import { type Person, system, wrongFields } from '@jotc/testing/service/system'

const { person, sql } = await system({ after })
const ana = await person('ana')

test('a board is an array, text of any spacing, or HackerRank’s two lines', async () => {
  for (const clouds of [[0, 0, 1, 0, 0, 0, 0], '0010000', '7\r\n0 0 1 0 0 0 0\r\n']) {
    assert.equal((await ana.solves(clouds)).total, 4)
  }
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

// All that a board may be: core/src/board.
test('a board of more than 10,000 clouds, or that is none, is refused, and nothing is recorded', async () => {
  const before = await sql('select count(*) from submissions')
  for (const clouds of ['0'.repeat(10_001), [1, 0, 0], [0, true, 0], null]) {
    assert.deepEqual(wrongFields(await ana.posts('/jotc', { clouds })), ['clouds'], JSON.stringify(clouds))
  }
  assert.deepEqual(await sql('select count(*) from submissions'), before)
})

test('a wrong board and an unknown field are named together', async () => {
  assert.deepEqual(wrongFields(await ana.posts('/jotc', { clouds: '01', speed: 1 })), ['clouds', 'speed'])
  assert.deepEqual(wrongFields(await ana.posts('/jotc', {})), ['clouds'])
})

test('a listed submission is as it was answered, with the jumps of whoever played it; the newest stands first', async () => {
  const zoe = await person('zoe')
  for (const [clouds, played, playedJumps] of [
    ['0', [0], 0],
    ['00100', [0, 1, 3, 4], 3],
    ['00000', [0, 1, 2, 3, 4], 4],
    ['0110', undefined, null],
  ] as const) {
    const { moves: _, ...submission } = (await zoe.posts('/jotc', { clouds, played })).json()
    assert.equal(submission.playedJumps, playedJumps)
    assert.deepEqual((await zoe.lists()).items[0], { ...submission, email: 'zoe@example.org' })
  }
})

for (const [what, clouds, played, code] of [
  ['no list', '000', '0,2', 'notARoute'],
  ['a fraction', '000', [0, 1.5, 2], 'notARoute'],
  ['nothing', '000', [], 'firstNotVisited'],
  ['another begin', '000', [1, 2], 'firstNotVisited'],
  ['a jump of three', '0000', [0, 3], 'notAJump'],
  ['a jump on the spot', '000', [0, 0, 2], 'notAJump'],
  ['a thunderhead', '010', [0, 1, 2], 'onThunderhead'],
  ['an end before the last cloud', '0000', [0, 2], 'lastNotVisited'],
  ['an end behind the last cloud', '000', [0, 2, 4], 'lastNotVisited'],
] as const) {
  test(`a way with ${what} is refused by name, and nothing is recorded`, async () => {
    const before = await sql('select count(*) from submissions')
    const answer = await ana.posts('/jotc', { clouds, played })
    assert.deepEqual(wrongFields(answer), ['played'])
    assert.equal(answer.json().errors[0].code, code)
    assert.deepEqual(await sql('select count(*) from submissions'), before)
  })
}

test('a board sent again with one Idempotency-Key, also at the same moment, is recorded once and answered the same', async () => {
  const key = randomUUID()
  const send = () => ana.posts('/jotc', { clouds: '0010010' }, { 'idempotency-key': key.toUpperCase() })
  const answers = await Promise.all(Array.from({ length: 20 }, send))
  answers.push(await send())
  assert.deepEqual([...new Set(answers.map(({ body }) => body))], [answers[0]?.body])
  assert.deepEqual([answers[0]?.statusCode, answers[0]?.json().id], [201, key])
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

test('an Idempotency-Key of another board or of somebody else is refused, also at the same moment', async () => {
  const headers = { 'idempotency-key': randomUUID() }
  const send = async (who: Person) => {
    const answers = await Promise.all(['000', '00'].map((clouds) => who.posts('/jotc', { clouds }, headers)))
    return answers.map(({ statusCode }) => statusCode)
  }
  const statuses = await send(ana)
  assert.deepEqual(statuses.toSorted(), [201, 409])
  assert.deepEqual(await send(await person('ben')), [409, 409])
  assert.deepEqual(await send(ana), statuses)
})

test('an Idempotency-Key that is no UUID is refused by name', async () => {
  for (const key of ['', 'x'.repeat(36)]) {
    const answer = await ana.posts('/jotc', { clouds: '000' }, { 'idempotency-key': key })
    assert.deepEqual(wrongFields(answer), ['idempotency-key'], key)
  }
})
