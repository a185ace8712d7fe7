import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { readdir, readFile } from 'node:fs/promises'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { createDatabase, withClient } from '@jotc/testing/servers/database'
import type pg from 'pg'
import { migrate } from './migrate.ts'

const { url, drop } = await createDatabase()
after(drop)

test('four processes that start at once apply each migration once, and all find the schema current; a later one applies nothing', async () => {
  await empty()
  const files = await readdir(new URL('../migrations', import.meta.url))
  const applied = await Promise.all(Array.from({ length: 4 }, () => migrate(url)))
  applied.push(await migrate(url))
  assert.deepEqual(
    applied.flat(),
    files.map((file) => file.replace('.sql', '')),
  )
})

test('names of before are found by the new rule, also those that cannot be names any more', async () => {
  await withMigrated({ '013': ACCOUNTS_OF_BEFORE }, async (client) => {
    const search = "select email from users where fold_name(first_name || ' ' || last_name) like $1"
    const { rows } = await client.query(search, ["%o'hara o'hara%"])
    assert.deepEqual(rows, [{ email: '1@example.org' }])
    const before = await client.query(search.replace('fold_name', 'fold_case').replace('$1', "fold_case('%O’HARA%')"))
    assert.deepEqual(before.rows, rows)
  })
})

const ACCOUNTS_OF_BEFORE = `
  insert into users (id, email, first_name, last_name, birth_date)
  select uuidv7(), number || '@example.org', name, name, '1990-05-09'
  from unnest(array['O’Hara', U&'\\3164', repeat('Ⱥ', 1000)]) with ordinality as names (name, number)`

test('sums of before are those that are counted anew, and workers of the version before can read them', async () => {
  const submissions = `${ACCOUNTS_OF_BEFORE};
    update submission_sums set until = '2026-01-01';
    insert into submissions (user_id, id, clouds, size, total, created_at)
    select users.id, uuidv7(), '00', 2, 1, timestamptz '2026-02-20 10:00Z' - make_interval(days => n)
    from users, generate_series(0, 90) as n;
    select roll_up_submissions('2026-02-17');
    set time zone 'America/New_York'`
  await withMigrated({ '019': submissions }, async (client) => {
    const sums = async () => {
      const all = []
      for (const name of ['quarters', 'sizes', 'totals', 'months', 'accounts'])
        all.push((await client.query(`select * from submission_${name} order by 1, 2`)).rows)
      return all
    }
    const { rows } = await client.query('select until from submission_sums')
    assert.deepEqual(rows, [{ until: new Date(2026, 1, 17) }])
    await client.query("select roll_up_submissions('2026-03-15')")
    const kept = await sums()
    await client.query('select recount_submission_sums()')
    assert.deepEqual(kept, await sums())
  })
})

/** A database to which all migrations were applied; `before` has what is run before one of them. */
async function withMigrated(before: Record<string, string>, work: (client: pg.Client) => Promise<void>) {
  await empty()
  await withClient(url, async (client) => {
    const folder = new URL('../migrations/', import.meta.url)
    for (const file of (await readdir(folder)).sort()) {
      await client.query(before[file.slice(0, 3)] ?? '')
      await client.query(await readFile(new URL(file, folder), 'utf8'))
    }
    await work(client)
  })
}

test('the service gets a role of its own, which reads and writes rows and can do nothing else', async (t) => {
  await empty()
  const role = `service_${process.pid}`
  const addressed = (password: string) =>
    Object.assign(new URL(url), { username: role, password: encodeURIComponent(password) }).href
  t.after(() =>
    withClient(url, (client) => client.query(`drop owned by ${role} cascade; drop role ${role}`)).catch(() => {}),
  )
  const password = `p$a#s"s/w@r:d?%'ü`
  const said: string[] = []
  for (const _ of [1, 2]) await migrate(url, (line) => said.push(line), addressed(password))
  assert.deepEqual(said.slice(-1), [`Made the role ${role}`], 'made once, after the migrations')

  await withClient(addressed(password), async (service) => {
    await service.query(`
      insert into users (id, email, first_name, last_name, birth_date)
      values (uuidv7(), 'ana@example.org', 'Ana', 'Silva', '1990-05-09');
      insert into submissions (user_id, id, clouds, size, total, created_at)
      select id, uuidv7(), '00', 2, 1, '2020-01-01' from users;
      select roll_up_submissions();
      delete from users`)
    for (const forbidden of [
      'drop table users',
      'truncate submissions',
      'alter table users disable trigger all',
      'create table mine ()',
      'select from migrations',
      'create role other',
      "copy users to program 'id'",
    ])
      await assert.rejects(service.query(forbidden), { code: '42501' }, forbidden)
  })

  await migrate(url, (line) => said.push(line), addressed('another'))
  assert.deepEqual(said.slice(-1), [`Gave the role ${role} its new password`])
  await withClient(addressed('another'), (service) => service.query('select from users'))
})

test('the command says one line a migration', async () => {
  await empty()
  const { stdout, status } = runCommand(url)
  assert.match(stdout, /^(Applied migration \d{3}_\w+\n)+$/)
  assert.equal(status, 0)
})

const failures: [what: string, url: string, said: RegExp][] = [
  ['no DATABASE_URL', '', /^migrate: DATABASE_URL is not set\n$/],
  ['a URL that is none', 'postgres://jotc:s3cret@host:port:5/jotc', /^migrate: .+\n$/],
  ['a server that is not there', 'postgres://jotc:s3cret@127.0.0.1:1/jotc', /^migrate: .*ECONNREFUSED.*\n$/],
]
for (const [what, url, said] of failures)
  test(`with ${what} the command ends with one line that shows no password`, () => {
    const { stderr, status } = runCommand(url)
    assert.match(stderr, said)
    assert.doesNotMatch(stderr, /s3cret/)
    assert.equal(status, 1)
  })

async function empty(): Promise<void> {
  await withClient(url, (client) => client.query('drop schema public cascade; create schema public'))
}

function runCommand(DATABASE_URL: string) {
  const file = fileURLToPath(new URL('migrate.ts', import.meta.url))
  return spawnSync(process.execPath, [file], { env: { DATABASE_URL }, encoding: 'utf8' })
}
