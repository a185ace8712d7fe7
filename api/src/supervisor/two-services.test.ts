import assert from 'node:assert/strict'
import { Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import { test } from 'node:test'
import type { Session } from '@jotc/core/api/account'
import type { SolvedSubmission, SubmissionPage, SubmissionStats } from '@jotc/core/api/jotc'
import { createDatabase } from '@jotc/testing/servers/database'
import { skip, startRedis } from '@jotc/testing/servers/redis'
import { ask, detailsOf, signIn } from '@jotc/testing/service/client'
import { startProcess } from '@jotc/testing/service/process'
import { becomesTrue } from '@jotc/testing/service/system'

const LOGINS_A_MINUTE = 6

const save = (url: string, { token }: Session) =>
  ask<SolvedSubmission>(`${url}/jotc`, { token, body: { clouds: '0010010' } })
const statusOf = async (url: string, { token }: Session) =>
  (await fetch(url, { headers: { authorization: `Bearer ${token}` } })).status

test('two services, as on two machines: workers of their own, one database, one Redis', { skip }, async (t) => {
  const [database, redis] = [await createDatabase(), await startRedis()]
  t.after(() => Promise.all([redis.stop(), database.drop()]))
  const service = () =>
    startProcess(t, {
      APP_ENV: 'test',
      LOG_LEVEL: 'info',
      DATABASE_URL: database.url,
      REDIS_URL: redis.url,
      WORKERS: '1',
      JWT_SECRETS: 'what both machines are told to sign with',
      RATE_LIMIT_LOGIN: String(LOGINS_A_MINUTE),
    }).listening()
  const [one, other] = [await service(), await service()]
  const [admin, ana] = [await signIn(one, detailsOf('admin')), await signIn(one, detailsOf('ana'))]

  await t.test('what one has recorded is in the other’s lists and statistics at once', async () => {
    for (const [url, elsewhere] of [
      [one, other],
      [other, one],
    ] as const) {
      const { id } = await save(url, ana)
      const { items } = await ask<SubmissionPage>(`${elsewhere}/jotc`, admin)
      assert.equal(items[0]?.id, id)
    }
    const stats = await Promise.all([one, other].map((url) => ask<SubmissionStats>(`${url}/jotc/stats`, admin)))
    assert.deepEqual(stats[0], stats[1])
    assert.equal(stats[0]?.submissions, 2)
  })

  await t.test('a live feed of one has what both record, each submission once', async () => {
    const { body } = await fetch(`${other}/jotc/live`, { headers: { authorization: `Bearer ${admin.token}` } })
    const ids: string[] = []
    let text = ''
    for await (const piece of Readable.fromWeb(body as ReadableStream).setEncoding('utf8')) {
      text += piece
      if (!text.includes('event: ready')) continue
      while (ids.length < 6) ids.push((await save(ids.length % 2 ? one : other, ana)).id)
      if (ids.every((id) => text.includes(`"id":"${id}"`))) break
    }
    const told = ids.map((id) => text.split(`"id":"${id}"`).length - 1)
    assert.deepEqual(told, Array(6).fill(1))
  })

  await t.test('a role that is given on one counts on the other, and so does a sign-out', async () => {
    const ben = await signIn(other, detailsOf('ben'))
    assert.equal(await statusOf(`${other}/users`, ben), 403)
    await ask(`${one}/users/${ben.user.id}`, { token: admin.token, method: 'PATCH', body: { role: 'admin' } })
    await becomesTrue(async () => (await statusOf(`${other}/users`, ben)) === 200)
    await ask(`${one}/logout`, { token: ben.token, method: 'POST' })
    await becomesTrue(async () => (await statusOf(`${other}/me`, ben)) === 401)
  })

  await t.test('a limit is one for both', async () => {
    const headers = { 'content-type': 'application/json' }
    const login = { method: 'POST', headers, body: JSON.stringify(detailsOf('kim')) }
    const statuses: number[] = []
    // One after the other: where many come at once on a busy machine, Redis may be late, and each counts alone.
    for (let n = 0; n < 2 * LOGINS_A_MINUTE; n++)
      statuses.push((await fetch(`${n % 2 ? one : other}/login`, login)).status)
    assert.deepEqual(statuses, [...Array(LOGINS_A_MINUTE).fill(200), ...Array(LOGINS_A_MINUTE).fill(429)])
  })
})
