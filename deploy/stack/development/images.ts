import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import pkg from '../../../package.json' with { type: 'json' }
import { createStack, docker, type Stack } from '../stack.ts'

/** What images and containers are like. */
export function testImages(stack: Stack): void {
  test('the checks of Docker itself find nothing in a Dockerfile', async () => {
    for (const service of ['app', 'api', 'db', 'load'])
      await docker(['build', '--check', '--build-arg', 'LOCUST=latest', '-f', `${service}/Dockerfile`, '.'])
  })

  test('the images are small, and carry neither npm nor what only developers need', async () => {
    const size = async (image: string) => Number(await docker(['image', 'inspect', '-f', '{{.Size}}', image])) / 1e6
    const [node, caddy] = [await size('node:26-bookworm-slim'), await size('caddy:2')]
    for (const image of ['api', 'db']) {
      assert.ok((await size(`jotc/${image}:${pkg.version}`)) < node, image)
      const find =
        'find / -xdev ( -name npm -o -name *.map -o -name pino-pretty -o -name typescript -o -name *.test.ts )'
      assert.equal(
        await docker(['run', '--rm', '-u', 'root', `jotc/${image}:${pkg.version}`, ...find.split(' ')]),
        '',
        image,
      )
    }
    assert.ok((await size(`jotc/app:${pkg.version}`)) - caddy <= 10)
  })

  test('no container runs as root, writes its own files, or has a package manager for its first process', async () => {
    const ids = (await stack.compose('ps', '--quiet')).trim().split('\n')
    for (const id of ids) {
      const name = (await docker(['inspect', '-f', '{{.Name}}', id])).trim()
      const { ReadonlyRootfs, CapDrop, SecurityOpt, Memory } = JSON.parse(
        await docker(['inspect', '-f', '{{json .HostConfig}}', id]),
      )
      assert.deepEqual([ReadonlyRootfs, CapDrop, SecurityOpt], [true, ['ALL'], ['no-new-privileges:true']], name)
      assert.ok(Memory > 0, name)
      const [, first = ''] = (await docker(['top', id, '-o', 'pid,user,args'])).split('\n')
      assert.doesNotMatch(first, /^\d+ +root|npm/, name)
    }
  })

  test('a password is what .env says, whatever signs it has', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'jotc-env-'))
    const password = `p$a#s"s/w@r:d?%`
    const secret = '$2b$12$KIXQwLx5mC7fXyE0Hq1rUe'
    // Single quotes keep every sign but themselves: so .env.example says.
    await writeFile(join(folder, '.env'), `DB_PASSWORD='${password}'\nJWT_SECRETS='${secret}'\n`)
    const other = createStack('jotc-test-env', ['compose.yaml'], ['api'], { PUBLISH_DB: '0', PUBLISH_REDIS: '0' })
    const withEnv = (...args: string[]) => other.compose('--env-file', join(folder, '.env'), ...args)
    try {
      assert.match(await withEnv('run', '--rm', 'migrate'), /Applied migration/)
      const print = 'console.log(JSON.stringify([process.env.PGPASSWORD, process.env.JWT_SECRETS]))'
      const printed = await withEnv('run', '--rm', '--no-deps', 'api', 'node', '-e', print)
      assert.deepEqual(JSON.parse(printed), [password, secret])
    } finally {
      await other.destroy()
      await rm(folder, { recursive: true })
    }
  })
}
