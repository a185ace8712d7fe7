import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { after, test } from 'node:test'
import { temporaryFolder } from '@jotc/testing/folder'
import { createDatabase } from '@jotc/testing/servers/database'
import { detailsOf, signIn } from '@jotc/testing/service/client'
import { startProcess } from '@jotc/testing/service/process'

const database = await createDatabase()
after(() => database.drop())
const settings = { DATABASE_URL: database.url, DATA_DIR: temporaryFolder('main').path }

test('with a database alone it is for development: details sign in, the app on its port may call, people can read the log; SIGINT ends it well', async (t) => {
  const { child, listening, wrote, written, ended } = startProcess(t, { ...settings, LOG_FORMAT: '' })
  const url = await listening()
  await signIn(url, detailsOf('ana'))
  const { status, headers } = await fetch(`${url}/health/ready`, { headers: { origin: 'http://localhost:8000' } })
  assert.deepEqual([status, headers.get('access-control-allow-origin')], [200, 'http://localhost:8000'])
  await wrote('INFO: POST /login 200')
  assert.match(written.out, /"LOG_LEVEL":"debug"/)
  child.kill('SIGINT')
  assert.deepEqual(await ended, [0, null])
})

test('the service ends well when its parent does', async (t) => {
  const { child, listening, ended } = startProcess(t, settings)
  await listening()
  child.disconnect()
  assert.deepEqual(await ended, [0, null])
})

test('started by npm, the service ends when npm is told to', { timeout: 120_000 }, async (t) => {
  const npm = spawn('npm', ['start', '-w', '@jotc/api'], {
    env: { ...process.env, ...settings, APP_ENV: 'test', API_PORT: '0', LOG_LEVEL: 'info' },
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  })
  t.after(() => {
    try {
      process.kill(-(npm.pid as number), 'SIGKILL')
    } catch (error) {
      assert.equal((error as NodeJS.ErrnoException).code, 'ESRCH')
    }
  })
  const ended = once(npm, 'close')
  for await (const line of createInterface(npm.stdout)) if (line.includes('worker ready')) npm.kill('SIGTERM')
  await ended
})

const taken = new URL(database.url).port
for (const [what, wrong, said] of [
  [
    'a wrong setting',
    { JWT_LIFETIME: 'forever' },
    'JWT_LIFETIME is “forever”. It must be a whole number from 60 to 604800.\n',
  ],
  ['a foreign address', { HOST: '192.0.2.1' }, 'HOST is not an address of this machine.\n'],
  ['a taken port', { API_PORT: taken }, `API_PORT ${taken} is already in use.\n`],
] as const)
  test(`${what} ends the start with one line that names it`, async (t) => {
    const { written, ended } = startProcess(t, { ...settings, ...wrong })
    assert.deepEqual(await ended, [1, null])
    assert.equal(written.err, said)
  })
