import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Health } from '@jotc/core/api/health'
import pg from 'pg'
import pkg from '../../../package.json' with { type: 'json' }
import { API, APP, COMMIT, docker, ROOT } from '../stack.ts'

/** What is found at the addresses of the README. */
export function testAddresses(): void {
  test('every address of the table answers', async () => {
    for (const url of [APP, `${API}/health/ready`, 'http://localhost:8080', 'http://localhost:8089']) {
      assert.equal((await fetch(url)).status, 200, url)
    }
    const client = new pg.Client('postgres://jotc:jotc@localhost:5432/jotc')
    await client.connect()
    assert.equal((await client.query('select 1')).rowCount, 1)
    await client.end()
    const redis = connect(6379, 'localhost').setEncoding('utf8')
    redis.write('PING\r\n')
    assert.match(String(await once(redis, 'data')), /^-NOAUTH/)
    redis.write('AUTH jotc\r\n')
    assert.deepEqual(await once(redis, 'data'), ['+OK\r\n'])
    redis.destroy()
  })

  test('what runs says its version and commit, in its labels too', async () => {
    const { version, commit } = (await (await fetch(`${APP}/api/health/ready`)).json()) as Health
    assert.deepEqual({ version, commit }, { version: pkg.version, commit: COMMIT })
    for (const image of ['app', 'api', 'db', 'load']) {
      const labels = JSON.parse(await docker(['inspect', '-f', '{{json .Config.Labels}}', `jotc/${image}:${version}`]))
      assert.equal(labels['org.opencontainers.image.version'], version, image)
      assert.equal(labels['org.opencontainers.image.revision'], COMMIT, image)
    }
  })

  test('a browser finds through Caddy what it finds without: the main job, every page twice, /api/docs', () => {
    const tests = ['main-job', 'serving', 'docs']
    const browser = spawnSync('node_modules/.bin/playwright', ['test', '--config=e2e', ...tests], {
      cwd: ROOT,
      env: { ...process.env, E2E_APP_URL: APP, E2E_API_URL: `${APP}/api` },
      encoding: 'utf8',
    })
    assert.equal(browser.status, 0, browser.stdout + browser.stderr)
  })

  test('a person does the main job with curl, as the README has it', async () => {
    const readme = await readFile(join(ROOT, 'README.md'), 'utf8')
    const commands = /^## Use the API\n\n```sh\n(.*?)^```$/ms.exec(readme)?.[1] ?? ''
    const { stdout } = spawnSync('bash', ['-euc', commands], { encoding: 'utf8' })
    assert.match(stdout, /"clouds":"0010010","size":7,"solvable":true,"total":4/)
    assert.match(stdout, /"items":\[\{[^\]]*"clouds":"0010010"/)
    assert.match(stdout, /"status":"ok"/)
  })
}
