import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { temporaryFolder } from '@jotc/testing/folder'

/**
 * A `docker` that notes its calls. After the first signal its workers are replaced once the log is read, after the second
 * once it is read again.
 */
const DOCKER = `#!/usr/bin/env node
const { appendFileSync, readFileSync } = require('node:fs')
const [, command, , , since] = process.argv.slice(2)
if (command === 'ps') console.log('api')
if (command === 'kill' || command === 'logs') appendFileSync('calls', command + ' ')
if (command === 'logs') {
  if (!readFileSync('calls', 'utf8').endsWith('logs kill logs ')) appendFileSync('log', new Date().toISOString() + '\\n')
  for (const time of readFileSync('log', 'utf8').trim().split('\\n'))
    if (Date.parse(time) >= Date.parse(since)) console.log('{"msg":"workers replaced"}')
}
`

test('rotate: the second round waits for its own workers, even if the first one ended within the same second', async () => {
  using folder = temporaryFolder('rotate')
  for (const name of ['deploy', 'secrets', 'bin']) await mkdir(join(folder.path, name))
  await copyFile(new URL('rotate', import.meta.url), join(folder.path, 'deploy/rotate'))
  await writeFile(join(folder.path, 'bin/docker'), DOCKER, { mode: 0o755 })
  await writeFile(join(folder.path, 'bin/openssl'), '#!/bin/sh\necho new', { mode: 0o755 })
  await writeFile(join(folder.path, 'secrets/jwt_secrets'), 'old')
  const PATH = `${join(folder.path, 'bin')}:${process.env.PATH}`
  await promisify(execFile)(join(folder.path, 'deploy/rotate'), { env: { PATH } })
  assert.equal(await readFile(join(folder.path, 'calls'), 'utf8'), 'kill logs kill logs logs ')
  assert.equal(await readFile(join(folder.path, 'secrets/jwt_secrets'), 'utf8'), 'new,old')
})
