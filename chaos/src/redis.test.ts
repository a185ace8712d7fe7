import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect } from 'node:net'
import { after, test } from 'node:test'
import { skip, startRedis } from '@jotc/api/testing/redis'
import { startProxy, type Weather } from './faults/proxy.ts'
import { startSystem } from './faults/system.ts'
import { KEPT_ITS_PROMISES, ordeal, verdict } from './load/ordeal.ts'
import { signIn } from './service.ts'

type Fault = () => Promise<unknown>

/** A service whose Redis is behind a network of its own, and what can happen to it. */
async function system() {
  const redis = await startRedis()
  after(() => redis.stop())
  const network = await startProxy(Number(new URL(redis.url).port))
  after(() => network.close())
  const served = await startSystem({ after }, { REDIS_URL: `redis://127.0.0.1:${network.port}` })
  const weather = (weather: Weather): [Fault, Fault] => [() => network.become(weather), () => network.become('pass')]
  const faults: Record<string, [begin: Fault, end: Fault]> = {
    'is ended by kill -9': [() => redis.kill(), () => redis.restart()],
    'stands still': [async () => redis.pause(), async () => redis.resume()],
    'is emptied and read-only (C119)': [
      async () => {
        await redis.command('FLUSHALL')
        await redis.command('REPLICAOF', '127.0.0.1', '1')
      },
      () => redis.command('REPLICAOF', 'NO', 'ONE'),
    ],
    'ends all connections': [() => redis.command('CLIENT', 'KILL', 'TYPE', 'normal'), async () => {}],
    'has no connection left': noConnectionLeft(Number(new URL(redis.url).port)),
    'is where nobody listens': weather('refuse'),
    'is behind resets': weather('reset'),
    'is silent': weather('silence'),
    'is slow': weather('slow'),
    'has lost its connections without a word': weather('lose'),
    'has half-open connections': weather('half-open'),
  }
  return { ...served, faults }
}

function noConnectionLeft(port: number): [Fault, Fault] {
  let operator: Awaited<ReturnType<typeof operatorOf>>
  return [
    async () => {
      operator = await operatorOf(port)
      await operator('CONFIG SET maxclients 1')
      await operator('CLIENT KILL TYPE normal SKIPME yes')
    },
    () => operator('CONFIG SET maxclients 1000'),
  ]
}

/** One connection that stays, so that commands get through when no other one can. */
async function operatorOf(port: number): Promise<(command: string) => Promise<unknown>> {
  const socket = connect(port, '127.0.0.1')
  after(() => void socket.destroy())
  await once(socket, 'connect')
  return async (command) => {
    socket.write(`${command}\r\n`)
    const [answer] = await once(socket, 'data')
    assert.match(String(answer), /^[+:]/)
  }
}

if (skip) test('Redis', { skip })
else {
  const { faults, ...served } = await system()
  let people = 0
  for (const [what, [begin, end]] of Object.entries(faults)) {
    test(`Redis ${what}: everybody signs in within 2 s, every board is recorded once`, async (t) => {
      const waits: number[] = []
      const outcome = await ordeal(served, async () => {
        await begin()
        for (let n = 0; n < 5; n++) {
          const begun = performance.now()
          await signIn(served.service.url, `person${people++}`)
          waits.push(performance.now() - begun)
        }
        await end()
      })
      assert.deepEqual({ ...verdict(t, outcome), refused: outcome.refused }, { ...KEPT_ITS_PROMISES, refused: 0 })
      assert.ok(Math.max(...waits) < 2_000, `${waits} ms`)
    })
  }
}
