import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect } from 'node:net'
import { after, test } from 'node:test'
import { type NetworkCondition, startProxy } from '@jotc/testing/servers/proxy'
import { skip, startRedis } from '@jotc/testing/servers/redis'
import { AS_PROMISED, injectFault, promised } from './inject-fault.ts'
import { signIn, startSystem } from './system.ts'

type Fault = () => Promise<unknown>

/** No board may be refused, so the machine must have some time left, whatever else it does. */
const PAUSE_MS = 100

/** A service whose Redis is behind a network of its own, and what can happen to it. */
async function startWithRedisFaults() {
  const redis = await startRedis()
  after(() => redis.stop())
  const network = await startProxy(Number(new URL(redis.url).port))
  after(() => network.close())
  const served = await startSystem({ after }, { REDIS_URL: `redis://127.0.0.1:${network.port}` })
  const behind = (condition: NetworkCondition): [Fault, Fault] => [
    () => network.become(condition),
    () => network.become('pass'),
  ]
  const faults: Record<string, [begin: Fault, end: Fault]> = {
    'is ended by kill -9': [() => redis.kill(), () => redis.restart()],
    'stands still': [async () => redis.pause(), async () => redis.resume()],
    'is emptied and read-only': [
      async () => {
        await redis.command('FLUSHALL')
        await redis.command('REPLICAOF', '127.0.0.1', '1')
      },
      () => redis.command('REPLICAOF', 'NO', 'ONE'),
    ],
    'ends all connections': [() => redis.command('CLIENT', 'KILL', 'TYPE', 'normal'), async () => {}],
    'has no connection left': noConnectionLeft(Number(new URL(redis.url).port)),
    'is where nobody listens': behind('refuse'),
    'is behind resets': behind('reset'),
    'is silent': behind('silence'),
    'is slow': behind('slow'),
    'has lost its connections without a word': behind('lose'),
    'has half-open connections': behind('half-open'),
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
  const { faults, ...served } = await startWithRedisFaults()
  let people = 0
  for (const [what, [begin, end]] of Object.entries(faults)) {
    test(`Redis ${what}: everybody signs in meanwhile, every board is recorded once`, async (t) => {
      const signInMeanwhile = async () => {
        await begin()
        for (let n = 0; n < 5; n++) await signIn(served.service.url, `person${people++}`)
        await end()
      }
      const outcome = await injectFault(t, served, signInMeanwhile, PAUSE_MS)
      assert.deepEqual(promised(outcome, { ...AS_PROMISED, refused: 0 }), { ...AS_PROMISED, refused: 0 })
    })
  }
}
