import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { askForCode, detailsOf, problemOf, sendCode, systemByCode } from '../testing.ts'

const { api, mail, person, sql } = await systemByCode({ after })

test('who erases the account erases all that it owns, and nothing of others', async () => {
  const [ana, ben] = [await person('ana'), await person('ben')]
  await ana.solves('000')
  const kept = await ben.solves('000')
  assert.equal((await ana.deletes('/me')).statusCode, 204)
  problemOf(await ana.gets('/me'), 401)
  assert.deepEqual(await sql('select email from users'), [{ email: 'ben@example.org' }])
  assert.deepEqual(await sql('select id from submissions'), [{ id: kept.id }])
  assert.deepEqual(await sql("select id from codes where email = 'ana@example.org'"), [])
})

test('a code that was on its way when the account was erased signs in to nothing', async () => {
  const zoe = await person('zoe')
  await sql(
    "update codes set created_at = created_at - interval '1 minute', expires_at = expires_at - interval '1 minute'",
  )
  const { challengeId } = await askForCode(api, detailsOf('zoe'))
  await zoe.deletes('/me')
  problemOf(await sendCode(api, challengeId, mail.codeFor('zoe@example.org')), 410)
})

test('whoever signs in after erasing has a new account, and the old token is none for it', async () => {
  const before = await person('yan')
  await before.deletes('/me')
  const now = await person('yan')
  assert.notEqual(now.id, before.id)
  problemOf(await before.gets('/me'), 401)
})
