import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { type ClientRequest, type IncomingMessage, request as openRequest } from 'node:http'
import { createInterface } from 'node:readline'
import { after, test } from 'node:test'
import type { BatchAnswer } from '@jotc/core/api/jotc'
import type { Problem } from '@jotc/core/api/problem'
import { jsonLines } from '@jotc/testing/service/boards'
import { logOf } from '@jotc/testing/service/log'
import { type Person, problemOf, system, wrongFields } from '@jotc/testing/service/system'

const shared = await system({ after })
await shared.person('admin')
const ana = await shared.person('ana')

type Sent = { type?: string | undefined; key?: string }

async function uploads(person: Person, body: string | Buffer, { type = 'text/plain', key }: Sent = {}) {
  const headers = { 'content-type': type, ...(key !== undefined && { 'idempotency-key': key }) }
  return await person.opens('/jotc/batch', { method: 'POST', body: new Uint8Array(Buffer.from(body)), headers })
}

async function sends(person: Person, body: string | Buffer, sent?: Sent): Promise<BatchAnswer[]> {
  const answer = await uploads(person, body, sent)
  assert.equal(answer.status, 200)
  assert.equal(answer.headers.get('content-type'), 'application/x-ndjson')
  return jsonLines(await answer.text())
}

/** What was answered, an item a line: jumps, `blocked`, or the error. */
function brief(answers: BatchAnswer[]): [number, number | string][] {
  return answers.map((answer) => [answer.line, resultOf(answer)])
}

function resultOf(answer: BatchAnswer): number | string {
  return 'error' in answer ? answer.error : (answer.total ?? 'blocked')
}

test('each line is answered in order, and recorded; one that is no board gets its own error, by a stable name', async () => {
  const tooLong = '0'.repeat(10_001)
  const answers = await sends(ana, `0010010\n0 1 0\n0120\n\n0110\r\n  \n10\n[0, 0, 0]\n${tooLong}\n0,0`)
  assert.deepEqual(brief(answers), [
    [1, 4],
    [2, 1],
    [3, 'Position 3 is “2”. Use only 0 and 1.'],
    [5, 'blocked'],
    [7, 'The first cloud is a thunderhead. Both ends must be 0.'],
    [8, 1],
    [9, 'This board has 10,001 clouds. The limit is 10,000.'],
    [10, 1],
  ])
  const codes = answers.flatMap((answer) => ('code' in answer ? [answer.code] : []))
  assert.deepEqual(codes, ['notACloud', 'firstNotSafe', 'tooLong'])
  const solved = answers.flatMap(({ line: _, ...answer }) => ('error' in answer ? [] : [answer]))
  const { items } = await ana.lists()
  assert.equal(items.length, 5)
  const listed = solved.map(({ id }) => items.find((item) => item.id === id))
  assert.partialDeepStrictEqual(listed, solved)
})

// All that a file may be, and what is said of it: core/src/board-file.
test('a file says by itself what it is, and the answer says what it was taken for', async () => {
  const kit = await shared.person('kit')
  const takes = async (body: string | Buffer, type?: string) => {
    const answer = await uploads(kit, body, { type })
    return [answer.headers.get('x-batch-format'), jsonLines<BatchAnswer>(await answer.text()).map(resultOf)]
  }
  assert.deepEqual(await takes('0010\r000\r0'), ['text', [2, 1, 0]])
  assert.deepEqual(await takes('0;0;1;0\r\n0;0;0;\r\n'), ['csv; separator=semicolon', [2, 1]])
  assert.deepEqual(await takes('"0","0","1","0"\n', 'text/csv'), ['csv; separator=comma', [2]])
  assert.deepEqual(await takes('4\n0 0 1 0\n'), ['hackerrank', [2]])
  assert.deepEqual(await takes('[\n [0,0,1,0],\n "000"\n]', 'application/json'), ['json', [2, 1]])
  const lines = 'application/x-ndjson; charset=utf-8'
  assert.deepEqual(await takes('"000"\n"0"', lines), ['json-lines', [1, 0]])
  assert.deepEqual(await takes('0', lines), ['json-lines', ['Send clouds as an array of 0 and 1, or as text.']])
  assert.deepEqual(await takes(Buffer.from('\ufeff0\t0\t0\r\n', 'utf16le')), ['csv; separator=tab', [1]])
})

test('a file that is none of boards is refused before anything is recorded, with a sentence', async () => {
  const liv = await shared.person('liv')
  const answer = await uploads(liv, 'PK\x03\x04....[Content_Types].xml')
  const { detail, errors } = (await answer.json()) as Problem
  const excel = 'This is an Excel workbook. Save it as CSV.'
  assert.deepEqual([answer.status, detail, errors?.[0]?.code], [400, excel, 'foreignFormat'])
  assert.equal((await liv.lists()).total, 0)
})

test('a file that breaks later keeps what was answered, and says where it broke', async () => {
  const answers = await sends(ana, '[[0,1,0],\n[0,1,0],\n[0,')
  assert.deepEqual(brief(answers), [
    [1, 1],
    [2, 1],
    [3, 'The JSON breaks on line 3 at character 3. Nothing from this line on was read.'],
  ])
})

test('boards of a JSON text have a number each, under which they are recorded once', async () => {
  const eva = await shared.person('eva')
  const key = randomUUID()
  const send = () => sends(eva, '[[0],[0,0],[2]]', { type: 'application/json', key })
  const answers = await send()
  const places = answers.map(({ line, item }) => `line ${line}, item ${item}`)
  assert.deepEqual(places, ['line 1, item 1', 'line 1, item 2', 'line 1, item 3'])
  assert.deepEqual(await send(), answers)
  assert.equal((await eva.lists()).total, 2)
})

test('an exported file comes in again', async () => {
  const leo = await shared.person('leo')
  for (const clouds of ['0010010', '0110']) await leo.solves(clouds)
  for (const query of ['format=ndjson', 'format=csv', 'format=csv&separator=semicolon']) {
    const { rawPayload, headers } = await leo.gets(`/jotc/export?${query}`)
    const answers = await sends(await shared.person('mia'), rawPayload, { type: String(headers['content-type']) })
    assert.deepEqual(answers.map(resultOf), ['blocked', 4], query)
  }
})

test('thousands of boards are answered each once, in order', async () => {
  const ben = await shared.person('ben')
  const answers = await sends(ben, '0010010\n'.repeat(4_321))
  const lines = answers.map(({ line }) => line)
  assert.deepEqual(lines, [...Array(4_322).keys()].slice(1))
  assert.equal((await ben.lists()).total, 4_321)
})

test('a batch that is sent again with its key is recorded once, under the key plus the line', async () => {
  const kim = await shared.person('kim')
  const key = 'a0a0a0a0-b1b1-4c2c-8d3d-ffffffffffff'
  const first = await sends(kim, '000\n00\n', { key })
  assert.deepEqual(
    first.map((answer) => 'id' in answer && answer.id),
    ['a0a0a0a0-b1b1-4c2c-8d3d-000000000000', 'a0a0a0a0-b1b1-4c2c-8d3d-000000000001'],
  )
  assert.deepEqual(await sends(kim, '000\n00\n', { key: key.toUpperCase() }), first)
  assert.equal((await kim.lists()).total, 2)
  const changed = await sends(kim, '000\n0000\n0\n', { key })
  assert.deepEqual(changed[0], first[0])
  const reused = 'This Idempotency-Key belongs to another submission. Use a new one.'
  assert.deepEqual(changed.map(resultOf), [1, reused, 0])
})

/** A batch whose lines are sent one by one, as the answers come. */
async function converses(person: Person): Promise<{ sent: ClientRequest; says(line: string): Promise<BatchAnswer> }> {
  await (await person.opens('/me')).text()
  const sent = openRequest(`${person.api.listeningOrigin}/jotc/batch`, {
    method: 'POST',
    headers: { authorization: `Bearer ${person.token}`, 'content-type': 'text/plain' },
  })
  sent.on('error', () => {})
  let answers: AsyncIterator<string> | undefined
  return {
    sent,
    async says(line) {
      sent.write(`${line}\n`)
      if (!answers) {
        const [answer] = (await once(sent, 'response')) as [IncomingMessage]
        answer.on('error', () => {})
        answers = createInterface(answer)[Symbol.asyncIterator]()
      }
      return JSON.parse((await answers.next()).value)
    },
  }
}

test('a line is answered while the next ones are still to be sent, and an aborted upload keeps what was answered', async () => {
  const joe = await shared.person('joe')
  const { sent, says } = await converses(joe)
  const answers = [await says('0010010'), await says('hare'), await says('000')]
  sent.destroy()
  const ids = answers.flatMap((answer) => ('id' in answer ? [answer.id] : []))
  const listed = (await joe.lists({ sort: 'asc' })).items.map(({ id }) => id)
  assert.deepEqual(listed, ids)
})

test('an upload that breaks off before its first board makes room for another, and is no bug', async () => {
  const zoe = await shared.person('zoe')
  const { lines } = logOf(shared.api)
  for (let upload = 0; upload < 2; upload++) {
    const { sent } = await converses(zoe)
    sent.write('00')
    await once(shared.api.server, 'request')
    sent.destroy()
  }
  while ((await uploads(zoe, '000')).status === 429);
  const bugs = lines.filter(({ level = 0 }) => level >= 50)
  assert.deepEqual(bugs, [])
})

test('a board that cannot be recorded breaks the answer off, and the batch can be sent again', async () => {
  const sam = await shared.person('sam')
  const key = randomUUID()
  const { sent, says } = await converses(sam)
  await says('000')
  await shared.sql('alter table submissions rename to submissions_gone')
  await assert.rejects(says('00'))
  sent.destroy()
  await shared.sql('alter table submissions_gone rename to submissions')
  assert.equal((await sends(sam, '000\n00\n', { key })).length, 2)
})

for (const [what, leaves, left] of [
  ['who signs out', (who) => who.signsOut(), 1],
  ['who is erased', (who) => who.deletes('/me'), 0],
] satisfies [string, (who: Person) => Promise<unknown>, number][]) {
  test(`${what} records no more of a batch that runs`, async () => {
    const jim = await shared.person('jim')
    const { says } = await converses(jim)
    await says('000')
    await leaves(jim)
    await assert.rejects(says('00'))
    assert.equal((await shared.sql('select from submissions where user_id = $1', [jim.id])).length, left)
  })
}

test('an account has two batches at most; one that ends makes room', async () => {
  const kay = await shared.person('kay')
  const open = [await converses(kay), await converses(kay)]
  for (const { says } of open) await says('000')
  const third = await uploads(kay, '000')
  assert.deepEqual([third.status, ((await third.json()) as Problem).type], [429, '/problems/too-many-imports'])
  assert.ok(third.headers.get('retry-after'))
  open[0]?.sent.end()
  while ((await uploads(kay, '000')).status === 429);
  open[1]?.sent.end()
})

test('batches that wait for their senders keep nobody from sending another', async () => {
  const waiting = []
  for (const name of ['abe', 'bob', 'cem', 'dua']) {
    const person = await shared.person(name)
    waiting.push(await converses(person), await converses(person))
  }
  for (const { says } of waiting) await says('000')
  assert.equal((await sends(ana, '000\n'.repeat(2_000))).length, 2_000)
  for (const { sent } of waiting) sent.end()
})

test('nothing is a batch of no boards', async () => {
  assert.deepEqual(await sends(ana, ''), [])
  assert.deepEqual(await sends(ana, '\n\n'), [])
})

test('another type of body, a body too large and a wrong key are refused', async () => {
  const send = (headers: Record<string, string>) => ana.posts('/jotc/batch', [], headers)
  problemOf(await send({ 'content-type': 'application/xml' }), 415)
  const tooLarge = await send({ 'content-type': 'text/plain', 'content-length': String(50 * 1024 * 1024 + 1) })
  assert.match(problemOf(tooLarge, 413).detail ?? '', /50 MB/)
  assert.deepEqual(wrongFields(await send({ 'idempotency-key': '7' })), ['idempotency-key'])
})
