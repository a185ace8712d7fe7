import { after, before } from 'node:test'
import { addresses } from './development/addresses.ts'
import { alike } from './development/alike.ts'
import { ends } from './development/ends.ts'
import { images } from './development/images.ts'
import { keeps } from './development/keeps.ts'
import { load } from './development/load.ts'
import { streams } from './development/streams.ts'
import { COMMIT } from './development/where.ts'
import { createStack } from './stack.ts'

/** RedisInsight's image is not had everywhere: compose.yaml has it, and this leaves it out. */
const SERVICES = ['app', 'adminer', 'locust']
const stack = createStack('jotc-test', ['compose.yaml'], SERVICES, { COMMIT })

before(async () => {
  await stack.destroy()
  await stack.compose('build')
  await stack.up()
})
after(() => stack.destroy())

addresses()
alike(stack)
streams()
images(stack)
ends(stack)
keeps(stack)
load(stack)
