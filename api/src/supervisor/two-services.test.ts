import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import type { Session } from '@jotc/core/api/account'
import type { SolvedSubmission, SubmissionPage, SubmissionStats } from '@jotc/core/api/jotc'
import { temporaryFolder } from '@jotc/testing/folder'
import { createDatabase } from '@jotc/testing/servers/database'
import { skip, startRedis } from '@jotc/testing/servers/redis'
import { ask, detailsOf, signIn } from '@jotc/testing/service/client'
import { startProcess } from '@jotc/testing/service/process'
import { becomesTrue } from '@jotc/testing/service/system'

const LOGINS_A_MINUTE = 6

describe('two services, as on two machines: workers of their own, one database, one Redis', { skip }, () => {
  /** Their URLs, the administrator and Ana, who signed in on the first. */
  const system = start()

  async function start() {
    const database = await createDatabase()
    const redis = await startRedis()
    const folder = temporaryFolder('two services')
    after(async () => {
      await redis.stop()
      await database.drop()
      folder[Symbol.dispose]()
    })
    const service = () =>
      startProcess(
        { after },
        {
          APP_ENV: 'test',
          LOG_LEVEL: 'info',
          DATABASE_URL: database.url,
          REDIS_URL: redis.url,
          DATA_DIR: folder.path,
          JWT_SECRETS: 'what both machines are told to sign with',
          WORKERS: '1',
          RATE_LIMIT_LOGIN: String(LOGINS_A_MINUTE),
        },
      ).listening()
    const one = await service()
    const other = await service()
    const admin = await signIn(one, detailsOf('admin'))
    return { one, other, admin, ana: await signIn(one, detailsOf('ana')) }
  }

  const save = (url: string, { token }: Session) =>
    ask<SolvedSubmission>(`${url}/jotc`, { token, body: { clouds: '0010010' } })
  const statusOf = async (url: string, { token }: Session) => {
    const answer = await fetch(url, { headers: { authorization: `Bearer ${token}` } })
    await answer.arrayBuffer()
    return answer.status
  }

  test('what one has recorded is in the other’s lists and statistics at once', async () => {
    const { one, other, ana, admin } = await system
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

  test('a live feed of one has what both record, each submission once', async () => {
    const { one, other, ana, admin } = await system
    const feed = await fetch(`${other}/jotc/live`, { headers: { authorization: `Bearer ${admin.token}` } })
    const ids: string[] = []
    let text = ''
    const decoder = new TextDecoder()
    const reader = (feed.body as ReadableStream<Uint8Array>).getReader()
    /** Reads until the feed has said this. */
    const until = async (isSaid: () => boolean) => {
      while (!isSaid()) {
        const { value, done } = await reader.read()
        assert.equal(done, false, text)
        text += decoder.decode(value, { stream: true })
      }
    }
    await until(() => text.includes('event: ready'))
    for (let n = 0; n < 6; n++) ids.push((await save(n % 2 ? one : other, ana)).id)
    await until(() => ids.every((id) => text.includes(`"id":"${id}"`)))
    for (const id of ids) assert.equal(text.split(`"id":"${id}"`).length, 2)
    await reader.cancel()
  })

  test('a role that is given on one counts on the other', async () => {
    const { one, other, admin } = await system
    const ben = await signIn(other, detailsOf('ben'))
    assert.equal(await statusOf(`${other}/users`, ben), 403)
    await ask(`${one}/users/${ben.user.id}`, { token: admin.token, method: 'PATCH', body: { role: 'admin' } })
    await becomesTrue(async () => (await statusOf(`${other}/users`, ben)) === 200)
  })

  test('who signs out on one is signed out on the other', async () => {
    const { one, other } = await system
    const zoe = await signIn(one, detailsOf('zoe'))
    assert.equal(await statusOf(`${other}/me`, zoe), 200)
    await ask(`${one}/logout`, { token: zoe.token, method: 'POST' })
    await becomesTrue(async () => (await statusOf(`${other}/me`, zoe)) === 401)
  })

  test('a limit is one for both', async () => {
    const { one, other } = await system
    const request = { method: 'POST', headers: { 'content-type': 'application/json' } }
    const statuses: number[] = []
    // One after the other: where many come at once on a busy machine, Redis may be late, and each counts alone.
    for (let n = 0; n < 2 * LOGINS_A_MINUTE; n++) {
      const answer = await fetch(`${n % 2 ? one : other}/login`, { ...request, body: JSON.stringify(detailsOf('kim')) })
      await answer.arrayBuffer()
      statuses.push(answer.status)
    }
    assert.deepEqual(statuses, [...Array(LOGINS_A_MINUTE).fill(200), ...Array(LOGINS_A_MINUTE).fill(429)])
  })
})
