import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { after, describe, type TestContext, test } from 'node:test'
import { skip, startRedis, until } from '@jotc/testing/servers/redis'
import {
  assertStatus,
  detailsOf,
  problemOf,
  system,
  systemByCode,
  verification,
  wrongFields,
} from '@jotc/testing/service/system'
import type { Config } from '../settings.ts'

const { emailable, settings: verified } = await verification({ after })
const byDetails = await system({ after }, verified)
const byCode = await systemByCode({ after }, verified)

type Api = typeof byDetails.api
let people = 0
/** Somebody whose address the stand-in plays: see testing/stand-ins/emailable.ts. */
const somebody = (play = 'deliverable') => ({ ...detailsOf('x'), email: `${play}.p${++people}@example.com` })
const login = (api: Api, payload: object) => api.inject({ method: 'POST', url: '/login', payload })
const askForCode = (api: Api, { email }: { email: string }) => login(api, { email })
/** A worker whose circuit nobody has opened, on an address of the same database. */
const fresh = (t: TestContext, settings: Partial<Config> = {}) => system(t, { ...verified, ...settings })

test('a deliverable address signs in, and is not asked about again', async () => {
  const details = somebody()
  assert.equal((await login(byDetails.api, details)).statusCode, 200)
  assert.equal((await login(byDetails.api, { ...details, email: ` ${details.email.toUpperCase()}` })).statusCode, 200)
  assert.equal(emailable.callsFor(details.email), 1)
})

// What is said of each verdict: email/policy.test.ts.
for (const [play, words, inCodeMode] of [
  ['undeliverable.typo', /cannot receive email/, 400],
  ['risky.acceptall', /accepts every name/, 202],
] as const) {
  test(`${play} is refused in details mode and gets ${inCodeMode} where a code proves the mailbox, the second time too`, async () => {
    const details = somebody(play)
    for (const _ of ['first', 'second']) {
      const answer = await login(byDetails.api, details)
      assert.deepEqual(wrongFields(answer), ['email'])
      const { detail, didYouMean } = problemOf(answer, 400)
      assert.match(detail ?? '', words)
      assert.equal(didYouMean, play.endsWith('typo') ? details.email.replace('@example', '@gmail') : undefined)
    }
    assert.equal(emailable.callsFor(details.email), 1)
    assert.deepEqual(await byDetails.sql('select from users where email = $1', [details.email]), [])
    for (const _ of ['first', 'second']) assertStatus(await askForCode(byCode.api, details), inCodeMode)
    assert.equal(byCode.mail.countFor(details.email), inCodeMode === 202 ? 1 : 0)
  })
}

// They wait for seconds, so at the same time.
describe('when others fail or say nothing', { concurrency: true }, () => {
  // Each fault of Emailable is a failure (verifier.test.ts); here: one at once, one in which it says nothing.
  for (const play of ['status500', 'slow60']) {
    test(`whatever Emailable does (${play}), a sign-in is answered before it is`, async (t) => {
      const [alone, coded] = [await fresh(t), await systemByCode(t, verified)]
      const details = somebody(play)
      const answered: string[] = []
      const [answer, challenge] = await Promise.all([
        login(alone.api, details).finally(() => answered.push('details')),
        askForCode(coded.api, details).finally(() => answered.push('code')),
      ])
      // A sign-in by details needs the verdict; one by code does not wait for the verifier's second try.
      if (play === 'slow60') assert.deepEqual(answered, ['code', 'details'])
      assert.match(problemOf(answer, 503).detail ?? '', /The problem is not your address/)
      assert.deepEqual([challenge.statusCode, challenge.json().checked], [202, false])
      assert.equal(coded.mail.countFor(details.email), 1)
    })
  }

  test('where verifier and mail server both say nothing, a sign-in by code is refused before they are', async (t) => {
    const silent = createServer().listen(0, '127.0.0.1')
    await once(silent, 'listening')
    t.after(() => silent.close())
    const { port } = silent.address() as AddressInfo
    const { api } = await systemByCode(t, { ...verified, MAIL_URL: `smtp://127.0.0.1:${port}` })
    const answer = await askForCode(api, somebody('silent'))
    assert.match(problemOf(answer, 503).detail ?? '', /^We could not send your code\. The problem is not your address/)
  })
})

test('Redis killed, paused, emptied or read-only in the middle: everybody signs in, and then shares its verdicts', {
  skip,
}, async (t) => {
  const redis = await startRedis()
  t.after(() => redis.stop())
  const { api, databaseUrl } = await fresh(t, { REDIS_URL: redis.url })
  const known = somebody()
  const manySignIn = async () => {
    const everybody = [known, ...Array.from({ length: 20 }, () => somebody())]
    const answers = await Promise.all(everybody.map((details) => login(api, details)))
    assert.deepEqual(new Set(answers.map((answer) => answer.statusCode)), new Set([200]))
  }
  for (const [fault, repair] of [
    [() => redis.command('FLUSHALL'), () => {}],
    [() => redis.command('REPLICAOF', '127.0.0.1', '1'), () => redis.command('REPLICAOF', 'NO', 'ONE')],
    [() => redis.pause(), () => redis.resume()],
    [() => redis.kill(), () => redis.restart()],
  ] as const) {
    const signing = manySignIn()
    await fault()
    await signing
    await manySignIn()
    await repair()
    await until(api.redis, 'up')
  }
  await manySignIn()
  const details = somebody()
  const other = await fresh(t, { REDIS_URL: redis.url, DATABASE_URL: databaseUrl })
  for (const worker of [api, other.api]) assert.equal((await login(worker, details)).statusCode, 200)
  assert.equal(emailable.callsFor(details.email), 1)
})
