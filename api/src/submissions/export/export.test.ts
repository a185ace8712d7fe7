import assert from 'node:assert/strict'
import { randomUUIDv7 } from 'node:crypto'
import { after, test } from 'node:test'
import type { Submission } from '@jotc/core/api/jotc'
import { inserts, jsonLines } from '@jotc/testing/service/boards'
import { assertStatus, type Person, problemOf, system, wrongFields } from '@jotc/testing/service/system'

async function exports(person: Person, query = ''): Promise<{ lines: string[]; headers: Headers; bytes: Buffer }> {
  const answer = await person.opens(`/jotc/export${query}`)
  assert.equal(answer.status, 200)
  const bytes = Buffer.from(await answer.arrayBuffer())
  return { lines: bytes.toString().replace('\ufeff', '').split(/\r?\n/).slice(0, -1), headers: answer.headers, bytes }
}

const shared = await system({ after })
const admin = await shared.person('admin')
/** Where an administrator’s export is large; each test has an administrator of its own. */
const large = await system({ after })
const chief = await large.person('chief')
/** Enough for more than what connections and kernels keep on the way. */
const LARGE = 3_000
await inserts(large, chief, Array(LARGE).fill({ clouds: '0'.repeat(10_000) }))
async function administrator(name: string): Promise<Person> {
  const person = await large.person(name)
  assertStatus(await chief.patches(`/users/${person.id}`, { role: 'admin' }), 200)
  return person
}

test('numbers, dates and ids stand as they are, a blocked board has no jumps; a person exports their own', async () => {
  const ana = await shared.person('ana')
  await admin.solves('0')
  const solved = await ana.solves('0010010')
  const blocked = await ana.solves('0110')
  const { lines } = await exports(ana)
  assert.deepEqual(lines, [
    'id,createdAt,email,clouds,size,solvable,total,blockedAt,playedJumps',
    `${blocked.id},${blocked.createdAt},"ana@example.org",[0110],4,false,,1,`,
    `${solved.id},${solved.createdAt},"ana@example.org",[0010010],7,true,4,,`,
  ])
})

test('an address that a spreadsheet would run is shown as text', async () => {
  for (const part of ['+ana', '=a', '-b', '@c', '\n=d', '\te"f']) {
    const id = randomUUIDv7()
    await shared.sql("insert into users values ($1, $2, 'A', 'B', '1990-05-09')", [id, `${part}@example.org`])
    await inserts(shared, { id }, [{ clouds: '0' }])
  }
  const text = (await exports(admin)).bytes.toString()
  for (const field of [`"'+ana@`, `"'=a@`, `"'-b@`, `"'@c@`, `"'\n=d@`, `"'\te""f@`])
    assert.ok(text.includes(field), field)
})

test('a file of many parts has one byte order mark and each submission once, newest first; its number is told before', async () => {
  const zoe = await shared.person('zoe')
  const at = (seconds: number) => new Date(Date.UTC(2026, 2, 1, 12, 0, seconds))
  await inserts(
    shared,
    zoe,
    Array.from({ length: 5_000 }, (_, n) => ({ clouds: '0000000', at: at(n) })),
  )
  const csv = await exports(zoe)
  assert.deepEqual([...csv.bytes.subarray(0, 3)], [0xef, 0xbb, 0xbf])
  assert.equal(csv.bytes.lastIndexOf(Buffer.from('\ufeff')), 0)
  assert.match(csv.headers.get('content-type') ?? '', /^text\/csv; charset=utf-8/)
  const disposition = /^attachment; filename="submissions-\d{4}-\d\d-\d\d\.csv"$/
  assert.match(csv.headers.get('content-disposition') ?? '', disposition)
  assert.equal(csv.lines.length, 5_001)

  const { bytes, headers } = await exports(zoe, '?format=ndjson')
  const rows = jsonLines<Submission>(bytes.toString())
  assert.equal(new Set(rows.map(({ id }) => id)).size, 5_000)
  const times = rows.map(({ createdAt }) => createdAt)
  assert.deepEqual(times, times.toSorted().reverse())
  assert.deepEqual([headers.get('x-total-count'), headers.get('x-total-is-exact')], ['5000', 'true'])
})

test('as NDJSON a submission is what the list shows', async () => {
  const ben = await shared.person('ben')
  for (const clouds of ['0010010', '0110', '0']) await ben.solves(clouds)
  await ben.posts('/jotc', { clouds: '000', played: [0, 1, 2] })
  const { bytes, headers } = await exports(ben, '?format=ndjson')
  assert.deepEqual(jsonLines(bytes.toString()), (await ben.lists()).items)
  assert.equal(headers.get('content-type'), 'application/x-ndjson')
})

// The filters are those of the list: filter.test.ts.
test('a wrong format and a parameter of the list are refused by name', async () => {
  assert.deepEqual(wrongFields(await admin.gets('/jotc/export?format=xlsx')), ['format'])
  assert.deepEqual(wrongFields(await admin.gets('/jotc/export?page=1')), ['page'])
})

test('downloads that are cut off leave neither a query nor a connection behind', async () => {
  const zoe = await administrator('zoe')
  for (let round = 0; round < 20; round++) {
    const cut = new AbortController()
    let answer: Response
    // The one before is over as soon as the service hears of it.
    do answer = await zoe.opens('/jotc/export', { signal: cut.signal })
    while (answer.status === 429)
    await answer.body?.getReader().read()
    cut.abort()
  }
  assert.equal((await zoe.lists()).total, LARGE)
  const running = `select from pg_stat_activity
    where datname = current_database() and state = 'active' and query like '%to_json%' and pid <> pg_backend_pid()`
  while ((await large.sql(running)).length > 0);
  assert.equal((await exports(zoe)).lines.length, LARGE + 1)
})

test('an account has two exports at most, and can ask whether there is room; one that ends makes room', async () => {
  const mia = await administrator('mia')
  const asks = async () => await mia.gets('/jotc/export?check=true&format=csv')
  assertStatus(await asks(), 204)
  const unread = [await mia.opens('/jotc/export'), await mia.opens('/jotc/export')]
  for (const third of [await asks(), await mia.gets('/jotc/export')])
    assert.equal(problemOf(third, 429).type, '/problems/too-many-exports')
  await unread[0]?.body?.cancel()
  let again: Response
  do again = await mia.opens('/jotc/export')
  while (again.status === 429)
  for (const answer of [unread[1], again]) await answer?.body?.cancel()
})

test('exports that nobody reads keep nobody from exporting, nor from reading the list', async () => {
  const unread: Response[] = []
  for (const name of ['abe', 'kim', 'kit']) {
    const person = await administrator(name)
    for (let count = 0; count < 2; count++) unread.push(await person.opens('/jotc/export'))
  }
  assert.deepEqual(new Set(unread.map(({ status }) => status)), new Set([200]))
  const joe = await administrator('joe')
  assert.equal((await exports(joe)).lines.length, LARGE + 1)
  assert.equal((await joe.lists()).total, LARGE)
  for (const { body } of unread) await body?.cancel()
})

for (const [what, becomes] of [
  ['an administrator who is demoted', (who) => chief.patches(`/users/${who.id}`, { role: 'user' })],
  ['who signs out', (who) => who.signsOut()],
  ['who is erased', (who) => who.deletes('/me')],
] satisfies [string, (who: Person) => Promise<unknown>][]) {
  test(`${what} gets no more of an export that runs`, async () => {
    const second = await administrator('second')
    const answer = await second.opens('/jotc/export')
    await becomes(second)
    await assert.rejects(answer.arrayBuffer())
  })
}

test('a file that cannot be read to its end breaks off, one that cannot be begun is a problem, and the service goes on', async () => {
  const uma = await administrator('uma')
  const answer = await uma.opens('/jotc/export')
  await large.sql('alter table submissions rename column clouds to sky')
  await assert.rejects(answer.arrayBuffer())
  problemOf(await uma.gets('/jotc/export'), 500)
  await large.sql('alter table submissions rename column sky to clouds')
  assert.equal((await uma.lists()).total, LARGE)
})

test('a connection that is lost on the way is made up for: the file is whole', async () => {
  const vera = await administrator('vera')
  const answer = await vera.opens('/jotc/export')
  const lost = await large.sql(
    "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name = 'jotc-api'",
  )
  assert.ok(lost.length > 0)
  assert.equal((await answer.text()).split('\r\n').length, LARGE + 2)
})
