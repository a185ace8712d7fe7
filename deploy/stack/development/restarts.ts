import assert from 'node:assert/strict'
import { availableParallelism, loadavg } from 'node:os'
import { test } from 'node:test'
import { signIn } from '../people.ts'
import { API, docker, type Stack } from '../stack.ts'

/** How containers stop, and come back. */
export function testRestarts(stack: Stack): void {
  test('no health check leaves a zombie, and the service ends in order, at once', async () => {
    const api = await stack.container('api')
    assert.doesNotMatch(await docker(['top', api, '-o', 'pid,stat,args']), /^\d+ +Z/m)
    const begun = performance.now()
    await stack.compose('stop', 'api', 'app')
    assert.ok(performance.now() - begun < 5_000)
    for (const service of ['api', 'app']) {
      const code = await docker(['inspect', '-f', '{{.State.ExitCode}}', await stack.container(service)])
      assert.equal(code.trim(), '0', service)
    }
    assert.match(await stack.compose('logs', 'api'), /stopped/)
    await stack.up()
  })

  test('the API never met a database that was not ready', async () => {
    assert.doesNotMatch(await stack.compose('logs', 'api', 'migrate'), /ECONNREFUSED/)
  })

  test('every container whose process is killed is healthy again within 10 s, and nothing that was answered is lost', async (t) => {
    const ana = await signIn(API)
    const kept = [await ana.solves('0010010'), await ana.solves('000')].map(({ id }) => id)
    for (const service of ['api', 'db', 'redis', 'app', 'adminer', 'locust']) {
      const took = await stack.killAndAwait(service)
      t.diagnostic(`${service}: ${Math.round(took)} ms`)
      assert.ok(took < 10_000 * otherWork(), service)
    }
    assert.deepEqual(await ana.listed(), kept.toReversed())
  })

  test('without its database the service is unready, never started again, and serves by itself afterwards', async () => {
    const api = await stack.container('api')
    const restarts = async () => await docker(['inspect', '-f', '{{.RestartCount}} {{.State.StartedAt}}', api])
    const before = await restarts()
    await stack.compose('stop', 'db', 'redis')
    assert.equal((await fetch(`${API}/health/live`)).status, 200)
    assert.equal((await fetch(`${API}/health/ready`)).status, 503)
    await stack.up()
    assert.equal((await fetch(`${API}/health/ready`)).status, 200)
    assert.equal(await restarts(), before)
  })
}

/** How much longer things take here because the machine has other work: 1 where it has none. */
function otherWork(): number {
  return Math.max(1, (loadavg()[0] ?? 1) / availableParallelism())
}
