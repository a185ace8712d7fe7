import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { resolve } from 'node:path'
import { after, test } from 'node:test'
import { createDatabase, withClient } from '@jotc/testing/servers/database'
import { DETAIL_FIELDS, readDetails } from '../core/src/person/details.ts'
import { people } from './demo/people.ts'
import { submissionsUntil } from './demo/submissions.ts'

const database = await createDatabase()
after(() => database.drop())

test('the demo fills a database once, and says so when asked again', async () => {
  const text = 'select (select count(*) from users) users, (select count(*) from submissions) submissions'
  const counts = async () => (await withClient(database.url, (client) => client.query(text))).rows
  assert.match(demo('development').stdout, /^Added \d{3} people and \d,\d{3} submissions .+\n$/)
  const filled = await counts()
  assert.match(demo('development').stdout, /^Sample data is already there\.\n$/)
  assert.deepEqual(await counts(), filled)
})

test('production is refused with one line', () => {
  const { status, stderr } = demo('production')
  assert.match(stderr, /^npm run demo: APP_ENV is production[^\n]+\n$/)
  assert.equal(status, 1)
})

test('every sample person could sign in with the details shown', () => {
  const rule = { today: '2026-01-01', minimumAge: 18 }
  for (const person of people()) assert.deepEqual(readDetails(person, DETAIL_FIELDS, rule), { details: person })
})

test('samples lie in the two months before now, about a tenth of them blocked, a few of them very long', () => {
  const now = new Date('2026-03-18T12:00:00Z')
  const sample = submissionsUntil(now, 300)
  const blocked = sample.filter(({ total }) => total === null).length / sample.length
  const lengths = sample.map(({ clouds }) => clouds.length).sort((one, other) => one - other)
  assert(sample.every(({ createdAt }) => createdAt < now && createdAt > new Date('2026-01-16')))
  assert(blocked > 0.07 && blocked < 0.11)
  assert((lengths[lengths.length >> 1] ?? 0) < 20)
  assert((lengths.at(-1) ?? 0) > 5000)
})

function demo(APP_ENV: string) {
  return spawnSync(process.execPath, ['scripts/demo.ts'], {
    cwd: resolve(import.meta.dirname, '..'),
    env: { ...process.env, APP_ENV, DATABASE_URL: database.url },
    encoding: 'utf8',
  })
}
