import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { Locked, lockFile } from './file-lock.ts'

const folder = await mkdtemp(join(tmpdir(), 'jotc lock '))
after(() => rm(folder, { recursive: true, force: true }))

test('a lock is held by one at a time, and can be taken again once released', () => {
  const path = join(folder, 'one')
  const lock = lockFile(path)
  assert.throws(() => lockFile(path), Locked)
  lock.release()
  lockFile(path).release()
})

test('the lock of a process that was killed is free at once', async () => {
  const path = join(folder, 'killed')
  const script = `
    import { lockFile } from ${JSON.stringify(new URL('file-lock.ts', import.meta.url))}
    lockFile(${JSON.stringify(path)})
    console.log('held')
    setInterval(() => {}, 1000)`
  const holder = spawn(process.execPath, ['--input-type=module', '--eval', script])
  await once(holder.stdout, 'data')
  assert.throws(() => lockFile(path), Locked)
  holder.kill('SIGKILL')
  await once(holder, 'exit')
  lockFile(path).release()
})

test('a lock leaves nothing beside its file', async () => {
  const before = await readdir(folder)
  lockFile(join(folder, 'alone')).release()
  assert.deepEqual(await readdir(folder), [...before, 'alone'].sort())
})

test('a folder that is not there is named', () => {
  assert.throws(() => lockFile(join(folder, 'nowhere', 'lock')), /^Error: Cannot write to .*nowhere\/lock/)
})
