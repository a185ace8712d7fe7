import assert from 'node:assert/strict'
import { hash } from 'node:crypto'
import { after, test } from 'node:test'
import type { ListedApiToken, NewApiToken } from '@jotc/core/api/sessions'
import { becomesTrue, jsonOf, type Person, problemOf, system, wrongFields } from '@jotc/testing/service/system'

const { api, databaseUrl: DATABASE_URL, visitor, holderOf, sql } = await system({ after })

const WANTED = { name: 'Exercise sheet 4', scope: 'record', expiresInDays: 90 }
const makes = async (who: Person, wanted: Partial<typeof WANTED> = {}): Promise<NewApiToken> =>
  jsonOf(await who.posts('/me/tokens', { ...WANTED, ...wanted }), 201)
const listed = async (who: Person): Promise<ListedApiToken[]> => (await who.gets('/me/tokens')).json().items
const typeOf = async (token: string) => problemOf(await holderOf(token).gets('/me'), 401).type

/** All routes for people who are signed in, and the scope that an API token needs: none where it can do nothing. */
const SCOPES: Record<string, 'read' | 'record' | undefined> = {
  'GET /me': 'read',
  'GET /jotc': 'read',
  'GET /jotc/{id}': 'read',
  'GET /jotc/export': 'read',
  'GET /jotc/live': 'read',
  'GET /jotc/stats': 'read',
  'POST /jotc': 'record',
  'POST /jotc/batch': 'record',
}
const { paths } = (await api.inject('/openapi.json')).json()
const operations = Object.entries<Record<string, { security: object[] }>>(paths).flatMap(([path, methods]) =>
  Object.entries(methods)
    .filter(([, { security }]) => security.length > 0)
    .map(([method]) => ({ method: method.toUpperCase() as 'GET', path })),
)

const writer = await visitor('writer')
const tokens = { read: await makes(writer, { scope: 'read' }), record: await makes(writer) }

test('a token is shown once, listed without itself, kept as a hash alone, and acts for its owner', async () => {
  const ana = await visitor('ana')
  const { token, ...shown } = await makes(ana)
  assert.match(token, /^jotc_[\w-]{43}$/)
  assert.deepEqual([shown.name, shown.scope, shown.usedAt], ['Exercise sheet 4', 'record', null])
  assert.equal(Date.parse(shown.expiresAt) - Date.parse(shown.createdAt), 90 * 86_400_000)
  assert.deepEqual(await listed(ana), [shown])
  const [row] = await sql('select * from api_tokens where hash = $1', [hash('sha256', token, 'buffer')])
  assert.equal(row.id, shown.id)
  assert.equal(JSON.stringify(row).includes(token.slice(5)), false)
  const { id } = await holderOf(token).solves('0010010')
  assert.equal((await ana.lists()).items[0]?.id, id)
})

for (const { method, path } of operations) {
  const needed = SCOPES[`${method} ${path}`]
  test(`${method} ${path} ${needed ? `needs the scope “${needed}”` : 'is for no API token'}`, async () => {
    for (const [scope, { token }] of Object.entries(tokens)) {
      const url = path.replace('{id}', '019b2c1e-6a3f-7c55-8a52-0f2d4c1b9e77')
      // A feed does not end, so it is only asked for what is refused before it opens.
      const headers = { authorization: `Bearer ${token}`, 'last-event-id': 'none' }
      const answer = await api.inject({ method, url, headers })
      const isAllowed = needed === 'read' || (needed === 'record' && scope === 'record')
      if (isAllowed) assert.ok(![401, 403].includes(answer.statusCode), answer.body)
      else assert.equal(problemOf(answer, 403).type, '/problems/scope-missing', answer.body)
    }
  })
}

test('a deleted token is refused by every worker within a second', async (t) => {
  const other = await system(t, { DATABASE_URL })
  const cleo = await visitor('cleo')
  const { id, token } = await makes(cleo)
  const there = other.holderOf(token)
  assert.equal((await there.gets('/me')).statusCode, 200)
  assert.equal((await cleo.deletes(`/me/tokens/${id}`)).statusCode, 204)
  assert.equal(await typeOf(token), '/problems/session-ended')
  await becomesTrue(async () => (await there.gets('/me')).statusCode === 401)
  assert.deepEqual(await listed(cleo), [])
})

test('a token expires, also one that this worker knows', async (t) => {
  const dora = await visitor('dora')
  const { token } = await makes(dora, { expiresInDays: 1 })
  assert.equal((await holderOf(token).gets('/me')).statusCode, 200)
  t.mock.timers.enable({ apis: ['Date'], now: Date.now() + 86_401_000 })
  assert.equal(await typeOf(token), '/problems/session-expired')
})

test('one sees when a token was last used, to a minute', async (t) => {
  const edda = await visitor('edda')
  const { token } = await makes(edda)
  const state = async () => (await sql('select xmin, used_at from api_tokens where user_id = $1', [edda.id]))[0]
  await holderOf(token).gets('/me')
  const used = await state()
  assert.notEqual(used.used_at, null)
  const other = await system(t, { DATABASE_URL })
  await Promise.all([holderOf(token), other.holderOf(token)].map((each) => each.gets('/me')))
  assert.deepEqual(await state(), used)
  assert.equal((await listed(edda))[0]?.usedAt, used.used_at.toISOString())
})

test('nobody reads or deletes tokens of others', async () => {
  const [fay, gus] = [await visitor('fay'), await visitor('gus')]
  const { id } = await makes(fay)
  problemOf(await gus.deletes(`/me/tokens/${id}`), 404)
  assert.deepEqual(await listed(gus), [])
  assert.equal((await listed(fay)).length, 1)
})

test('who signs out everywhere keeps the tokens of scripts; who erases the account does not', async () => {
  const { token } = await makes(await visitor('hal'))
  const script = holderOf(token)
  await (await visitor('hal')).deletes('/me/sessions')
  assert.equal((await script.gets('/me')).statusCode, 200)
  await (await visitor('hal')).deletes('/me')
  problemOf(await script.gets('/me'), 401)
})

test('an account has twenty tokens at most, however many ask at once', async () => {
  const jo = await visitor('jo')
  const answers = await Promise.all(Array.from({ length: 25 }, () => jo.posts('/me/tokens', WANTED)))
  const others = answers.filter(({ statusCode }) => statusCode !== 201)
  assert.equal(others.length, 5)
  for (const answer of others) problemOf(answer, 409)
  assert.equal((await listed(jo)).length, 20)
})

test('what is wrong with a wish for a token is named', async () => {
  const kay = await visitor('kay')
  for (const [body, wrong] of [
    [{}, ['name', 'scope', 'expiresInDays']],
    [{ name: '  ', scope: 'admin', expiresInDays: 0 }, ['name', 'scope', 'expiresInDays']],
    [{ ...WANTED, expiresInDays: 367, id: 1 }, ['expiresInDays', 'id']],
    [{ ...WANTED, expiresInDays: 1.5 }, ['expiresInDays']],
  ] as const) {
    assert.deepEqual(wrongFields(await kay.posts('/me/tokens', body)), wrong)
  }
})

test('a text that only looks like an API token is refused', async () => {
  for (const token of ['jotc_', `jotc_${'x'.repeat(42)}`]) assert.equal(await typeOf(token), '/problems/invalid-token')
  assert.equal(await typeOf(`jotc_${'x'.repeat(43)}`), '/problems/session-ended')
})
