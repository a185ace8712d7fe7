import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { type ClientRequest, type IncomingMessage, request as openRequest } from 'node:http'
import { createInterface } from 'node:readline'
import { after, test } from 'node:test'
import type { BatchAnswer } from '@jotc/core/api/jotc'
import type { Problem } from '@jotc/core/api/problem'
import { logOf } from '@jotc/testing/service/log'
import { type Person, problemOf, system, wrongFields } from '@jotc/testing/service/system'

const shared = await system({ after })
await shared.person('admin')
const ana = await shared.person('ana')

type Sent = { type?: string; key?: string }

async function sends(person: Person, body: string, { type = 'text/plain', key }: Sent = {}): Promise<BatchAnswer[]> {
  const headers = { 'content-type': type, ...(key === undefined ? {} : { 'idempotency-key': key }) }
  const answer = await person.opens('/jotc/batch', { method: 'POST', body, headers })
  assert.equal(answer.status, 200)
  assert.equal(answer.headers.get('content-type'), 'application/x-ndjson')
  return read(await answer.text())
}

function read(text: string): BatchAnswer[] {
  return text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line))
}

/** What was answered, an item a line: jumps, `blocked`, or the error. */
function brief(answers: BatchAnswer[]): [number, number | string][] {
  return answers.map((answer) => [answer.line, 'error' in answer ? answer.error : (answer.total ?? 'blocked')])
}

test('each line is answered in order, and recorded; one that is no board gets its own error, by a stable name', async () => {
  const answers = await sends(ana, '0010010\n0 1 0\n0120\n\n0110\r\n  \n10\n[0, 0, 0]\n0,0')
  assert.deepEqual(brief(answers), [
    [1, 4],
    [2, 1],
    [3, 'Position 3 is “2”. Use only 0 and 1.'],
    [5, 'blocked'],
    [7, 'The first cloud is a thunderhead. Both ends must be 0.'],
    [8, 1],
    [9, 1],
  ])
  assert.deepEqual(
    answers.flatMap((answer) => ('code' in answer ? [answer.code] : [])),
    ['notACloud', 'firstNotSafe'],
  )
  const { items } = await ana.lists({ sort: 'asc' })
  for (const answer of answers) {
    if ('error' in answer) continue
    const { line: _, ...solved } = answer
    const {
      email: _email,
      createdAt: _createdAt,
      clouds: _clouds,
      playedJumps: _playedJumps,
      ...listed
    } = items.find(({ id }) => id === answer.id) ?? {}
    assert.deepEqual(solved, listed)
  }
  assert.equal(items.length, 5)
})

// All that a file may be, and what is said of it: core/src/board-file.
test('a file says by itself what it is, and the answer says what it was taken for', async () => {
  const kit = await shared.person('kit')
  const takes = async (body: string | Uint8Array<ArrayBuffer>, type = 'text/plain') => {
    const answer = await kit.opens('/jotc/batch', { method: 'POST', body, headers: { 'content-type': type } })
    return [answer.headers.get('x-batch-format'), brief(read(await answer.text())).map(([, result]) => result)]
  }
  assert.deepEqual(await takes('0010\r000\r0'), ['text', [2, 1, 0]])
  assert.deepEqual(await takes('0;0;1;0\r\n0;0;0;\r\n'), ['csv; separator=semicolon', [2, 1]])
  assert.deepEqual(await takes('"0","0","1","0"\n', 'text/csv'), ['csv; separator=comma', [2]])
  assert.deepEqual(await takes('4\n0 0 1 0\n'), ['hackerrank', [2]])
  assert.deepEqual(await takes('[\n [0,0,1,0],\n "000"\n]', 'application/json'), ['json', [2, 1]])
  const lines = 'application/x-ndjson; charset=utf-8'
  assert.deepEqual(await takes('"000"\n"0"', lines), ['json-lines', [1, 0]])
  assert.deepEqual(await takes('0', lines), ['json-lines', ['Send clouds as an array of 0 and 1, or as text.']])
  const utf16 = new Uint8Array(Buffer.from('\ufeff0\t0\t0\r\n', 'utf16le'))
  assert.deepEqual(await takes(utf16), ['csv; separator=tab', [1]])
})

test('a file that is none of boards is refused before anything is recorded, with a sentence', async () => {
  const liv = await shared.person('liv')
  const refusal = async (body: string | Uint8Array<ArrayBuffer>) => {
    const answer = await liv.opens('/jotc/batch', { method: 'POST', body, headers: { 'content-type': 'text/plain' } })
    const { detail, errors } = (await answer.json()) as Problem
    return [answer.status, detail, errors?.[0]?.code]
  }
  const excel = 'This is an Excel workbook. Save it as CSV.'
  assert.deepEqual(await refusal('PK\x03\x04....[Content_Types].xml'), [400, excel, 'foreignFormat'])
  assert.deepEqual(await refusal('[[0,1,0'), [400, 'The JSON breaks on line 1 at character 7.', 'brokenJson'])
  const damaged = 'Line 1 is damaged or not in UTF-8. Save the file as UTF-8.'
  assert.deepEqual(await refusal(Uint8Array.of(0xe4, 0x30)), [400, damaged, 'notUtf8'])
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
  assert.deepEqual(
    answers.map(({ line, item }) => [line, item]),
    [
      [1, 1],
      [1, 2],
      [1, 3],
    ],
  )
  assert.deepEqual(await send(), answers)
  assert.equal((await eva.lists()).total, 2)
})

test('an exported file comes in again', async (t) => {
  const fresh = await system(t)
  await fresh.person('admin')
  const zoe = await fresh.person('zoe')
  for (const clouds of ['0010010', '0110']) await zoe.solves(clouds)
  for (const query of ['format=ndjson', 'format=csv', 'format=csv&separator=semicolon']) {
    const other = await fresh.person('kim')
    const file = await zoe.opens(`/jotc/export?${query}`)
    const sent = Buffer.from(await file.arrayBuffer())
    const answer = await other.opens('/jotc/batch', {
      method: 'POST',
      body: sent,
      headers: { 'content-type': file.headers.get('content-type') ?? '' },
    })
    assert.deepEqual(
      brief(read(await answer.text())).map(([, result]) => result),
      ['blocked', 4],
      query,
    )
  }
})

test('a board of ten thousand clouds is recorded, however it is spaced; a longer one is refused alone', async () => {
  const longest = Array.from('0'.repeat(10_000)).join(' , ')
  const answers = await sends(ana, `${longest}\n${'0'.repeat(10_001)}\n00`)
  assert.deepEqual(brief(answers), [
    [1, 5_000],
    [2, 'This board has 10,001 clouds. The limit is 10,000.'],
    [3, 1],
  ])
})

test('thousands of boards are answered each once, in order', async () => {
  const ben = await shared.person('ben')
  const answers = await sends(ben, '0010010\n'.repeat(4_321))
  assert.deepEqual(
    answers.map(({ line }) => line),
    Array.from({ length: 4_321 }, (_, index) => index + 1),
  )
  const [counted] = await shared.sql('select count(distinct id)::int as rows from submissions where user_id = $1', [
    ben.id,
  ])
  assert.equal(counted.rows, 4_321)
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
  assert.match(changed[1] && 'error' in changed[1] ? changed[1].error : '', /belongs to another/)
  assert.equal(changed[2] && 'total' in changed[2] && changed[2].total, 0)
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
  const { items } = await joe.lists({ sort: 'asc' })
  assert.deepEqual(
    items.map((item) => item.id),
    ids,
  )
})

test('an upload that breaks off before its first board makes room for another, and is no bug', async (t) => {
  const fresh = await system(t)
  const zoe = await fresh.person('zoe')
  const { lines } = logOf(fresh.api)
  for (let upload = 0; upload < 2; upload++) {
    const { sent } = await converses(zoe)
    sent.write('00')
    await once(fresh.api.server, 'request')
    sent.destroy()
  }
  const send = () =>
    zoe.opens('/jotc/batch', { method: 'POST', body: '000', headers: { 'content-type': 'text/plain' } })
  while ((await send()).status === 429);
  assert.deepEqual(
    lines.filter(({ level = 0 }) => level >= 50),
    [],
  )
})

test('a board that cannot be recorded breaks the answer off, and the batch can be sent again', async (t) => {
  const fresh = await system(t)
  const zoe = await fresh.person('zoe')
  const key = randomUUID()
  const { sent, says } = await converses(zoe)
  await says('000')
  await fresh.sql('alter table submissions rename to submissions_gone')
  await assert.rejects(says('00'))
  sent.destroy()
  await fresh.sql('alter table submissions_gone rename to submissions')
  assert.equal((await sends(zoe, '000\n00\n', { key })).length, 2)
})

test('an account that was erased meanwhile ends its batch', async (t) => {
  const fresh = await system(t)
  const zoe = await fresh.person('zoe')
  const { says } = await converses(zoe)
  await says('000')
  await fresh.sql('delete from users where id = $1', [zoe.id])
  await assert.rejects(says('00'))
})

test('who signs out records no more of a batch that runs', async (t) => {
  const fresh = await system(t)
  const zoe = await fresh.person('zoe')
  const { says } = await converses(zoe)
  const { id } = (await says('000')) as { id: string }
  await zoe.signsOut()
  await assert.rejects(says('00'))
  assert.deepEqual(await fresh.sql('select id from submissions'), [{ id }])
})

test('an account has two batches at most; one that ends makes room', async (t) => {
  const fresh = await system(t)
  const zoe = await fresh.person('zoe')
  const open = [await converses(zoe), await converses(zoe)]
  for (const { says } of open) await says('000')
  const send = () =>
    zoe.opens('/jotc/batch', { method: 'POST', body: '000', headers: { 'content-type': 'text/plain' } })
  const third = await send()
  assert.equal(third.status, 429)
  assert.equal(((await third.json()) as Problem).type, '/problems/too-many-imports')
  assert.ok(third.headers.get('retry-after'))
  open[0]?.sent.end()
  while ((await send()).status === 429);
  open[1]?.sent.end()
})

test('batches that wait for their senders keep nobody from sending another', async (t) => {
  const fresh = await system(t)
  const waiting = []
  for (const name of ['zoe', 'kim', 'kit', 'joe']) {
    const person = await fresh.person(name)
    waiting.push(await converses(person), await converses(person))
  }
  for (const { says } of waiting) await says('000')
  assert.equal((await sends(await fresh.person('ben'), '000\n'.repeat(2_000))).length, 2_000)
  for (const { sent } of waiting) sent.end()
})

test('nothing is a batch of no boards', async () => {
  assert.deepEqual(await sends(ana, ''), [])
  assert.deepEqual(await sends(ana, '\n\n'), [])
})

test('another type of body, a body too large and a wrong key are refused', async () => {
  const send = (headers: Record<string, string>, payload = '[]') =>
    ana.api.inject({
      method: 'POST',
      url: '/jotc/batch',
      payload,
      headers: { authorization: `Bearer ${ana.token}`, ...headers },
    })
  problemOf(await send({ 'content-type': 'application/xml' }), 415)
  problemOf(await send({ 'content-type': 'multipart/form-data; boundary=x' }), 415)
  const tooLarge = await send({ 'content-type': 'text/plain', 'content-length': String(50 * 1024 * 1024 + 1) })
  assert.match(problemOf(tooLarge, 413).detail ?? '', /50 MB/)
  assert.deepEqual(wrongFields(await send({ 'content-type': 'text/plain', 'idempotency-key': '7' })), [
    'idempotency-key',
  ])
  const stranger = await ana.api.inject({
    method: 'POST',
    url: '/jotc/batch',
    payload: '0',
    headers: { 'content-type': 'text/plain' },
  })
  problemOf(stranger, 401)
})
