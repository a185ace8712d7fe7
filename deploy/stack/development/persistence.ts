import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { signIn } from '../people.ts'
import { API, ROOT, type Stack } from '../stack.ts'

/** Data outlive the containers. */
export function testPersistence(stack: Stack): void {
  test('down and up again: the data and who is signed in stay', async () => {
    const ana = await signIn(API)
    const { id } = await ana.solves('0010010')
    await stack.compose('down')
    await stack.up()
    assert.deepEqual(await ana.listed(), [id])
  })

  test('a back-up that is restored, as the operations guide has it, brings back what was removed since', async (t) => {
    const folder = await mkdtemp(join(tmpdir(), 'jotc-backup-'))
    t.after(() => rm(folder, { recursive: true }))
    const shell = (command: string) => {
      const { status, stderr } = spawnSync('bash', ['-c', command], {
        cwd: ROOT,
        env: { ...process.env, COMPOSE_PROJECT_NAME: 'jotc-test', DUMP: join(folder, 'jotc.dump') },
        encoding: 'utf8',
      })
      assert.equal(status, 0, stderr)
    }
    const ana = await signIn(API)
    const { id } = await ana.solves('0010010')
    shell('docker compose exec -T db pg_dump -U jotc -Fc jotc > "$DUMP"')
    shell('docker compose exec -T db psql -U jotc -c "truncate submissions"')
    assert.deepEqual(await ana.listed(), [])
    shell('docker compose stop api')
    shell('docker compose exec -T db pg_restore -U jotc -d jotc --clean --if-exists --exit-on-error < "$DUMP"')
    await stack.up()
    assert.deepEqual(await ana.listed(), [id])
  })
}
