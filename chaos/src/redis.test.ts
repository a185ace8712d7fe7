import { after, test } from 'node:test'
import { startProxy } from '@jotc/testing/servers/proxy'
import { skip, startRedis } from '@jotc/testing/servers/redis'
import { createClient } from '@redis/client'
import { AS_PROMISED, assertPromised, type Fault, injectFault, onNetwork } from './inject-fault.ts'
import { signIn, startOnTestDatabase } from './system.ts'

/** No board may be refused, so the machine must have some time left, whatever else it does. */
const PAUSE_MS = 100

if (skip) test('Redis', { skip })
else {
  const redis = await startRedis()
  after(() => redis.stop())
  const network = await startProxy(Number(new URL(redis.url).port))
  after(() => network.close())
  const served = await startOnTestDatabase({ after }, { REDIS_URL: `redis://127.0.0.1:${network.port}` })

  const faults: Record<string, Fault> = {
    'is ended by kill -9': async (last) => {
      await redis.kill()
      await last()
      await redis.restart()
    },

    'stands still': async (last) => {
      redis.pause()
      await last()
      redis.resume()
    },

    'is emptied and read-only': async (last) => {
      await redis.command('FLUSHALL')
      await redis.command('REPLICAOF', '127.0.0.1', '1')
      await last()
      await redis.command('REPLICAOF', 'NO', 'ONE')
    },

    'ends all connections': async (last) => {
      await redis.command('CLIENT', 'KILL', 'TYPE', 'normal')
      await last()
    },

    'has no connection left': async (last) => {
      // One that stays, so that commands get through when no other one can.
      const operator = await createClient({ url: redis.url }).connect()
      await operator.sendCommand(['CONFIG', 'SET', 'maxclients', '1'])
      await operator.sendCommand(['CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes'])
      await last()
      await operator.sendCommand(['CONFIG', 'SET', 'maxclients', '1000'])
      operator.destroy()
    },

    'is where nobody listens': onNetwork(network, 'refuse'),
    'is behind resets': onNetwork(network, 'reset'),
    'is silent': onNetwork(network, 'silence'),
    'is slow': onNetwork(network, 'slow'),
    'has lost its connections without a word': onNetwork(network, 'lose'),
    'has half-open connections': onNetwork(network, 'half-open'),
  }
  let people = 0
  const fiveSignIn = async () => {
    for (let n = 0; n < 5; n++) await signIn(served.service.url, `person${people++}`)
  }
  for (const [what, fault] of Object.entries(faults)) {
    test(`Redis ${what}: everybody signs in meanwhile, every board is recorded once`, async (t) => {
      const outcome = await injectFault(t, served, () => fault(fiveSignIn), PAUSE_MS)
      assertPromised(outcome, { ...AS_PROMISED, refused: 0 })
    })
  }
}
