import assert from 'node:assert/strict'
import { randomUUIDv7 } from 'node:crypto'
import { after, test } from 'node:test'
import { assertStatus, type Person, problemOf, system, wrongFields } from '@jotc/testing/system'

type System = Awaited<ReturnType<typeof system>>

/** Records that many boards of that many clouds, a second apart, the last one now. */
async function records({ sql }: System, { id }: Person, count: number, size = 7) {
  await sql(
    `insert into submissions (user_id, id, clouds, size, total, created_at)
     select $1, uuidv7(), repeat('0', $3), $3, $3::int / 2, date_trunc('second', now()) - make_interval(secs => $2::int - n)
     from generate_series(1, $2::int) n`,
    [id, count, size],
  )
}

/** Enough for more than what connections and kernels keep on the way. */
const LARGE = [3_000, 10_000] as const

async function exports(person: Person, query = ''): Promise<{ lines: string[]; headers: Headers; bytes: Buffer }> {
  const answer = await person.opens(`/jotc/export${query}`)
  assert.equal(answer.status, 200)
  const bytes = Buffer.from(await answer.arrayBuffer())
  return { lines: bytes.toString().replace('\ufeff', '').split(/\r?\n/).slice(0, -1), headers: answer.headers, bytes }
}

const shared = await system({ after })
const admin = await shared.person('admin')

test('numbers, dates and ids stand as they are, a blocked board has no jumps', async () => {
  const ana = await shared.person('ana')
  const solved = await ana.solves('0010010')
  const blocked = await ana.solves('0110')
  const { lines } = await exports(ana)
  assert.deepEqual(lines, [
    'id,createdAt,email,clouds,size,solvable,total,blockedAt,playedJumps',
    `${blocked.id},${blocked.createdAt},"ana@example.org",[0110],4,false,,1,`,
    `${solved.id},${solved.createdAt},"ana@example.org",[0010010],7,true,4,,`,
  ])
})

test('whether an export could begin can be asked without one', async (t) => {
  const mia = await shared.person('mia')
  const check = async () => await mia.gets('/jotc/export?check=true&format=csv')
  assertStatus(await check(), 204)
  await mia.solves('0010010')
  const leaving = new AbortController()
  t.after(() => leaving.abort())
  await records(shared, mia, ...LARGE)
  // Held, for an answer that nobody holds is given up.
  const unread = [
    await mia.opens('/jotc/export', { signal: leaving.signal }),
    await mia.opens('/jotc/export', { signal: leaving.signal }),
  ]
  assert.equal(problemOf(await check(), 429).type, '/problems/too-many-exports')
  assert.ok(unread.every(({ ok }) => ok))
})

test('an address that a spreadsheet would run is shown as text', async (t) => {
  const fresh = await system(t)
  const chief = await fresh.person('chief')
  for (const email of [
    '+ana@example.org',
    '=a@example.org',
    '-b@example.org',
    '@c@example.org',
    '\n=d@example.org',
    '\te"f@example.org',
  ]) {
    const id = randomUUIDv7()
    await fresh.sql("insert into users values ($1, $2, 'A', 'B', '1990-05-09')", [id, email])
    await fresh.sql("insert into submissions values ($1, $2, '0', 1, 0)", [id, randomUUIDv7()])
  }
  const text = (await exports(chief)).bytes.toString()
  for (const field of [`"'+ana@`, `"'=a@`, `"'-b@`, `"'@c@`, `"'\n=d@`, `"'\te""f@`])
    assert.ok(text.includes(field), field)
})

test('the byte order mark stands once, at the beginning, however many parts a file has', async (t) => {
  const fresh = await system(t)
  const zoe = await fresh.person('zoe')
  await records(fresh, zoe, 5_000)
  const { bytes, headers, lines } = await exports(zoe)
  assert.deepEqual([...bytes.subarray(0, 3)], [0xef, 0xbb, 0xbf])
  assert.equal(bytes.lastIndexOf(Buffer.from('\ufeff')), 0)
  assert.match(headers.get('content-type') ?? '', /^text\/csv; charset=utf-8/)
  assert.match(headers.get('content-disposition') ?? '', /^attachment; filename="submissions-\d{4}-\d\d-\d\d\.csv"$/)
  assert.equal(lines.length, 5_001)
})

test('a file of any length has each submission once, newest first, and its number is told before', async (t) => {
  const fresh = await system(t)
  const zoe = await fresh.person('zoe')
  await records(fresh, zoe, 5_000)
  const { lines, headers } = await exports(zoe, '?format=ndjson')
  const rows = lines.map((line) => JSON.parse(line))
  assert.equal(new Set(rows.map((row) => row.id)).size, 5_000)
  const times = rows.map((row) => row.createdAt)
  assert.deepEqual(times, times.toSorted().reverse())
  assert.deepEqual([headers.get('x-total-count'), headers.get('x-total-is-exact')], ['5000', 'true'])
})

test('as NDJSON a submission is what the list shows', async () => {
  const ben = await shared.person('ben')
  for (const clouds of ['0010010', '0110', '0']) await ben.solves(clouds)
  const { lines, headers } = await exports(ben, '?format=ndjson')
  assert.deepEqual(
    lines.map((line) => JSON.parse(line)),
    (await ben.lists()).items,
  )
  assert.equal(headers.get('content-type'), 'application/x-ndjson')
})

test('the filters are those of the list; a person exports their own, an administrator everybody’s', async (t) => {
  const fresh = await system(t)
  const chief = await fresh.person('chief')
  const [kim, kit] = [await fresh.person('kim'), await fresh.person('kit')]
  for (const person of [kim, kit]) for (const clouds of ['000', '0110']) await person.solves(clouds)
  const rows = async (person: Person, query: string) => (await exports(person, query)).lines.length - 1
  assert.equal(await rows(kim, ''), 2)
  assert.equal(await rows(chief, ''), 4)
  assert.equal(await rows(chief, '?email=kit'), 2)
  assert.equal(await rows(chief, '?email=ki&solvable=false'), 2)
  assert.equal(await rows(chief, '?dateEnd=2000-01-01'), 0)
})

test('a wrong format, a wrong date and a parameter of the list are refused by name', async () => {
  assert.deepEqual(wrongFields(await admin.gets('/jotc/export?format=xlsx')), ['format'])
  assert.deepEqual(wrongFields(await admin.gets('/jotc/export?dateBegin=soon')), ['dateBegin'])
  assert.deepEqual(wrongFields(await admin.gets('/jotc/export?page=1')), ['page'])
})

test('downloads that are cut off leave neither a query nor a connection behind', async (t) => {
  const fresh = await system(t)
  const zoe = await fresh.person('zoe')
  await records(fresh, zoe, ...LARGE)
  for (let round = 0; round < 20; round++) {
    const cut = new AbortController()
    let answer: Response
    // The one before is over as soon as the service hears of it.
    do answer = await zoe.opens('/jotc/export', { signal: cut.signal })
    while (answer.status === 429)
    await answer.body?.getReader().read()
    cut.abort()
  }
  assert.equal((await zoe.lists()).total, LARGE[0])
  const running = `select from pg_stat_activity
    where datname = current_database() and state = 'active' and query like '%string_agg%' and pid <> pg_backend_pid()`
  while ((await fresh.sql(running)).length > 0);
  assert.equal((await exports(zoe)).lines.length, LARGE[0] + 1)
})

test('an account has two exports at most; one that ends makes room', async (t) => {
  const fresh = await system(t)
  const zoe = await fresh.person('zoe')
  await records(fresh, zoe, ...LARGE)
  const unread = [await zoe.opens('/jotc/export'), await zoe.opens('/jotc/export')]
  const third = await zoe.gets('/jotc/export')
  assert.equal(problemOf(third, 429).type, '/problems/too-many-exports')
  assert.ok(third.headers['retry-after'])
  await unread[0]?.body?.cancel()
  let again: Response
  do again = await zoe.opens('/jotc/export')
  while (again.status === 429)
  for (const answer of [unread[1], again]) await answer?.body?.cancel()
})

test('exports that nobody reads keep nobody from exporting, nor from reading the list', async (t) => {
  const fresh = await system(t)
  const chief = await fresh.person('chief')
  await records(fresh, chief, ...LARGE)
  const unread: Response[] = []
  for (const name of ['zoe', 'kim', 'kit']) {
    const person = await fresh.person(name)
    await chief.patches(`/users/${person.id}`, { role: 'admin' })
    for (let count = 0; count < 2; count++) unread.push(await person.opens('/jotc/export'))
  }
  assert.deepEqual(new Set(unread.map(({ status }) => status)), new Set([200]))
  assert.equal((await exports(chief)).lines.length, LARGE[0] + 1)
  assert.equal((await chief.lists()).total, LARGE[0])
  for (const { body } of unread) await body?.cancel()
})

for (const [what, becomes] of [
  ['an administrator who is demoted', (who, chief) => chief.patches(`/users/${who.id}`, { role: 'user' })],
  ['who signs out', (who) => who.signsOut()],
  ['who is erased', (who) => who.deletes('/me')],
] satisfies [string, (who: Person, chief: Person) => Promise<unknown>][]) {
  test(`${what} gets no more of an export that runs`, async (t) => {
    const fresh = await system(t)
    const chief = await fresh.person('chief')
    await records(fresh, chief, ...LARGE)
    const second = await fresh.person('second')
    await chief.patches(`/users/${second.id}`, { role: 'admin' })
    const answer = await second.opens('/jotc/export')
    await becomes(second, chief)
    await assert.rejects(answer.arrayBuffer())
  })
}

test('a file that cannot be read to its end breaks off, and the service goes on', async (t) => {
  const fresh = await system(t)
  const zoe = await fresh.person('zoe')
  await records(fresh, zoe, ...LARGE)
  const answer = await zoe.opens('/jotc/export')
  await fresh.sql('alter table submissions rename to submissions_gone')
  await assert.rejects(answer.arrayBuffer())
  await fresh.sql('alter table submissions_gone rename to submissions')
  assert.equal((await zoe.lists()).total, LARGE[0])
})

test('a connection that is lost on the way is made up for: the file is whole', async (t) => {
  const fresh = await system(t)
  const zoe = await fresh.person('zoe')
  await records(fresh, zoe, ...LARGE)
  const answer = await zoe.opens('/jotc/export')
  const lost = await fresh.sql(
    "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name = 'jotc-api'",
  )
  assert.ok(lost.length > 0)
  assert.equal((await answer.text()).split('\r\n').length, LARGE[0] + 2)
})

test('a file that cannot be begun is a problem, not a file', async (t) => {
  const fresh = await system(t)
  const zoe = await fresh.person('zoe')
  await fresh.sql('alter table submissions rename column clouds to sky')
  const answer = await zoe.gets('/jotc/export')
  problemOf(answer, 500)
})
