import { after, before } from 'node:test'
import { testAddresses } from './development/addresses.ts'
import { testCaddyParity } from './development/caddy-parity.ts'
import { testImages } from './development/images.ts'
import { testLoadTest } from './development/load-test.ts'
import { testPersistence } from './development/persistence.ts'
import { testRestarts } from './development/restarts.ts'
import { testStreaming } from './development/streaming.ts'
import { COMMIT, createStack } from './stack.ts'

/** RedisInsight's image is not had everywhere: compose.yaml has it, and this leaves it out. */
const SERVICES = ['app', 'adminer', 'locust']
const stack = createStack('jotc-test', ['compose.yaml'], SERVICES, { COMMIT })

before(async () => {
  await stack.destroy()
  await stack.compose('build', '--build-arg', 'LOCUST=latest')
  await stack.up()
})
after(() => stack.destroy())

testAddresses()
testCaddyParity(stack)
testStreaming()
testImages(stack)
testRestarts(stack)
testPersistence(stack)
testLoadTest(stack)
