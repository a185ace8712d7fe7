import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { createInterface } from 'node:readline'
import { after, type TestContext, test } from 'node:test'
import { temporaryFolder } from '@jotc/testing/folder'
import { createDatabase } from '@jotc/testing/servers/database'
import { startProcess } from '@jotc/testing/service/process'

const database = await createDatabase()
const folder = temporaryFolder('main')
after(async () => {
  await database.drop()
  folder[Symbol.dispose]()
})

const start = (t: TestContext, environment: Record<string, string> = {}) =>
  startProcess(t, { DATABASE_URL: database.url, DATA_DIR: folder.path, ...environment })

for (const [how, stop] of [
  ['SIGTERM', (child: ChildProcess) => child.kill('SIGTERM')],
  ['SIGINT', (child: ChildProcess) => child.kill('SIGINT')],
  ['the end of its parent', (child: ChildProcess) => child.disconnect()],
] as const) {
  test(`the service starts, serves, and ends well on ${how}`, async (t) => {
    const { child, listening, ended } = start(t)
    const url = await listening()
    assert.equal((await fetch(`${url}/health/ready`)).status, 200)
    stop(child)
    assert.deepEqual(await ended, [0, null])
  })
}

test('started by npm, the service ends when npm is told to', { timeout: 120_000 }, async (t) => {
  const settings = {
    DATABASE_URL: database.url,
    DATA_DIR: folder.path,
    APP_ENV: 'test',
    API_PORT: '0',
    LOG_LEVEL: 'info',
  }
  const npm = spawn('npm', ['start', '-w', '@jotc/api'], {
    env: { ...process.env, ...settings },
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

test('a wrong setting ends the start with one line that names it', async (t) => {
  for (const [settings, said] of [
    [{ JWT_LIFETIME: 'forever' }, 'JWT_LIFETIME is “forever”. It must be a whole number from 60 to 604800.\n'],
    [{ HOST: '192.0.2.1' }, 'HOST is not an address of this machine.\n'],
  ] as const) {
    const { written, ended } = start(t, settings)
    assert.deepEqual(await ended, [1, null])
    assert.equal(written.err, said)
  }
})

test('a taken port ends the start with one line that names it', async (t) => {
  const taken = createServer().listen(0, '127.0.0.1')
  await once(taken, 'listening')
  t.after(() => taken.close())
  const { port } = taken.address() as { port: number }
  const { written, ended } = start(t, { API_PORT: String(port) })
  assert.deepEqual(await ended, [1, null])
  assert.equal(written.err, `API_PORT ${port} is already in use.\n`)
})
