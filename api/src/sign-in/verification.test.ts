import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { after, type TestContext, test } from 'node:test'
import { skip, startRedis, until } from '@jotc/testing/servers/redis'
import { detailsOf, problemOf, system, systemByCode, wrongFields } from '@jotc/testing/service/system'
import { startEmailable } from '@jotc/testing/stand-ins/emailable'
import type { Config } from '../settings.ts'

const emailable = await startEmailable()
after(() => emailable.close())
const verified: Partial<Config> = {
  EMAIL_VERIFICATION: 'on',
  EMAILABLE_API_KEY: 'test_key',
  EMAILABLE_URL: emailable.url,
}
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
for (const [play, words] of [
  ['undeliverable', /cannot receive email/],
  ['risky.acceptall', /accepts every name/],
] as const) {
  test(`in details mode ${play} is refused in its own words, and the same the second time`, async () => {
    const details = somebody(play)
    for (const _ of ['first', 'second']) {
      const answer = await login(byDetails.api, details)
      assert.deepEqual(wrongFields(answer), ['email'])
      assert.match(problemOf(answer, 400).detail ?? '', words)
    }
    assert.equal(emailable.callsFor(details.email), 1)
    assert.deepEqual(await byDetails.sql('select from users where email = $1', [details.email]), [])
  })
}

for (const [play, status] of [
  ['undeliverable', 400],
  ['risky.acceptall', 202],
] as const) {
  test(`in code mode ${play} gets ${status}, for the code proves the mailbox`, async () => {
    const details = somebody(play)
    assert.equal((await askForCode(byCode.api, details)).statusCode, status)
    assert.equal(byCode.mail.countFor(details.email), status === 202 ? 1 : 0)
  })
}

test('the address that was probably meant is offered', async () => {
  const problem = problemOf(await login(byDetails.api, somebody('undeliverable.typo')), 400)
  assert.match(problem.didYouMean ?? '', /@gmail\.com$/)
})

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
    assert.ok(Number(answer.headers['retry-after']) > 0)
    assert.deepEqual([challenge.statusCode, challenge.json().checked], [202, false])
    assert.equal(coded.mail.countFor(details.email), 1)
  })
}

test('where verifier and mail server both say nothing, a sign-in by code is refused before they are', async (t) => {
  const { api } = await systemByCode(t, { ...verified, MAIL_URL: await silentMail(t) })
  const answer = await askForCode(api, somebody('silent'))
  assert.match(problemOf(answer, 503).detail ?? '', /^We could not send your code\. The problem is not your address/)
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
  /** Breaks Redis while people are signing in. */
  const during = async (fault: () => unknown) => {
    const signing = manySignIn()
    await fault()
    await signing
    await manySignIn()
  }
  await during(() => redis.command('FLUSHALL'))
  await during(() => redis.command('REPLICAOF', '127.0.0.1', '1'))
  await redis.command('REPLICAOF', 'NO', 'ONE')
  await until(api.redis, 'up')
  await during(() => redis.pause())
  redis.resume()
  await until(api.redis, 'up')
  await during(() => redis.kill())
  await redis.restart()
  await until(api.redis, 'up')
  await manySignIn()
  const details = somebody()
  const other = await fresh(t, { REDIS_URL: redis.url, DATABASE_URL: databaseUrl })
  for (const worker of [api, other.api]) assert.equal((await login(worker, details)).statusCode, 200)
  assert.equal(emailable.callsFor(details.email), 1)
})

/** A mail server that takes connections and never greets. */
async function silentMail(t: TestContext): Promise<string> {
  const sockets: Socket[] = []
  const server = createServer((socket) => void sockets.push(socket)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`
}
