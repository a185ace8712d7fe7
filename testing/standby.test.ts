import assert from 'node:assert/strict'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { startPostgres } from '@jotc/db/embedded'
import { withClient } from './database.ts'
import { temporaryFolder } from './folder.ts'
import { startStandby } from './standby.ts'

test('a standby has what its primary commits; promoted, it writes by itself', async (t: TestContext) => {
  const folder = temporaryFolder('standby')
  t.after(() => folder[Symbol.dispose]())
  const dataDir = join(folder.path, 'primary')
  const primary = await startPostgres({ dataDir })
  t.after(() => primary.stop())
  const on = (url: string, text: string) => withClient(url, async (client) => (await client.query(text)).rows)
  await on(primary.url, 'create table kept (n int); insert into kept values (1)')
  const standby = await startStandby({
    primary: { dataDir, url: primary.url },
    dataDir: join(folder.path, 'standby'),
    name: 'second',
  })
  t.after(() => standby.stop())

  await on(primary.url, 'insert into kept values (2)')
  while ((await on(standby.url, 'select from kept')).length < 2) await wait(5)
  await assert.rejects(on(standby.url, 'insert into kept values (3)'), { code: '25006' })
  await primary.stop()
  assert.deepEqual(await on(standby.url, 'select pg_promote()'), [{ pg_promote: true }])
  await on(standby.url, 'insert into kept values (3)')
  assert.deepEqual(await on(standby.url, 'select n from kept order by n'), [{ n: 1 }, { n: 2 }, { n: 3 }])
})
