import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { withClient } from '@jotc/testing/servers/database'
import { askForCode, problemOf, sendCode, system, systemByCode } from '@jotc/testing/service/system'

const { api, mail, person, sql } = await systemByCode({ after })
const chief = await person('chief')

async function tablesThatHold(text: string): Promise<string[]> {
  const tables = await sql("select table_name as name from information_schema.tables where table_schema = 'public'")
  const found = tables.map(async ({ name }) => {
    const rows = await sql(`select from ${name} as t where strpos(t::text, $1) > 0`, [text])
    return rows.length > 0 ? [name] : []
  })
  return (await Promise.all(found)).flat().sort()
}

test('who erases the account erases all that it owns, and nothing of others', async () => {
  const [ana, ben] = [await person('ana'), await person('ben')]
  await ana.solves('000')
  const kept = await ben.solves('000')
  for (const email of ['ana@example.org', 'ben@example.org']) {
    await sql('insert into registrations (hash, email, expires_at) values (sha256($1), $2, now())', [email, email])
    await sql('insert into wrong_guesses (email, guesses) values ($1, 1)', [email])
  }
  assert.equal((await ana.deletes('/me')).statusCode, 204)
  problemOf(await ana.gets('/me'), 401)
  assert.deepEqual(await sql('select email from users where id <> $1', [chief.id]), [{ email: 'ben@example.org' }])
  assert.deepEqual(await sql('select id from submissions'), [{ id: kept.id }])
  assert.deepEqual(await tablesThatHold('ana@example.org'), [])
  assert.deepEqual(await tablesThatHold('ben@example.org'), ['challenges', 'registrations', 'users', 'wrong_guesses'])
  assert.notEqual((await person('ana')).id, ana.id)
  problemOf(await ana.gets('/me'), 401)
})

test('a code that was on its way when the account was erased signs in to nothing', async () => {
  const zoe = await person('zoe')
  await sql(
    "update challenges set created_at = created_at - interval '1 minute', expires_at = expires_at - interval '1 minute'",
  )
  const { challengeId } = await askForCode(api, 'zoe@example.org')
  await zoe.deletes('/me')
  problemOf(await sendCode(api, challengeId, mail.codeFor('zoe@example.org')), 410)
})

test('the last administrator stays while there are others, may go once somebody else is one, and may go if alone', async (t) => {
  const { person, sql } = await system(t)
  const [only, zoe] = [await person('only'), await person('zoe')]
  assert.match(problemOf(await only.deletes('/me'), 409).detail ?? '', /only administrator/)
  assert.equal((await only.gets('/me')).statusCode, 200)
  await only.patches(`/users/${zoe.id}`, { role: 'admin' })
  for (const who of [only, zoe]) assert.equal((await who.deletes('/me')).statusCode, 204)
  assert.deepEqual(await sql('select id from users'), [])
})

test('of two administrators who erase themselves at the same moment one stays, with all submissions', async (t) => {
  const { person, sql, databaseUrl } = await system(t)
  const [one, two] = [await person('one'), await person('two'), await person('zoe')]
  await one.patches(`/users/${two.id}`, { role: 'admin' })
  for (const who of [one, two]) await who.solves('000')
  const answers = await withClient(databaseUrl, async (holder) => {
    await holder.query('begin; lock table submissions')
    let answered = 0
    const erasing = Promise.all([one, two].map((who) => who.deletes('/me').finally(() => answered++)))
    // Until each is refused, or waits to remove submissions.
    const waiting = `select from pg_locks where relation = 'submissions'::regclass and not granted`
    while (((await holder.query(waiting)).rowCount ?? 0) + answered < 2) await wait(5)
    await holder.query('commit')
    return await erasing
  })
  assert.deepEqual(answers.map(({ statusCode }) => statusCode).sort(), [204, 409])
  const left = await sql("select id from users where role = 'admin'")
  assert.equal(left.length, 1)
  assert.deepEqual(await sql('select user_id as id from submissions'), left)
})
