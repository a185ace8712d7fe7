import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { temporaryFolder } from '@jotc/testing/folder'
import { Locked, lockFile } from './file-lock.ts'

const { path: folder } = temporaryFolder('lock')

test('a lock is held by one at a time, can be taken again once released, and leaves nothing beside its file', async () => {
  const path = join(folder, 'one')
  const lock = lockFile(path)
  assert.throws(() => lockFile(path), Locked)
  lock.release()
  lockFile(path).release()
  assert.deepEqual(await readdir(folder), ['one'])
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

test('a folder that is not there is named', () => {
  assert.throws(() => lockFile(join(folder, 'nowhere', 'lock')), /^Error: Cannot write to .*nowhere\/lock/)
})
