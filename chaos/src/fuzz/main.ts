import { parseArgs } from 'node:util'
import { startTestServer } from '@jotc/testing/servers/database'
import { fuzz } from './fuzz.ts'

/** `npm run fuzz -- [--requests 100000] [--seed N]`: prints its seed, and fails when something was not refused. */
const { values } = parseArgs({
  options: { requests: { type: 'string', default: '100000' }, seed: { type: 'string' } },
})
const seed = Number(values.seed ?? Math.floor(Math.random() * 1e9))
console.log(`Seed ${seed}: give it by --seed ${seed} to send the same again.`)

const server = await startTestServer()
try {
  const begun = performance.now()
  const { sent, statuses, kinds, faults } = await fuzz(seed, Number(values.requests))
  console.table(kinds)
  console.table(statuses)
  for (const fault of faults.slice(0, 30)) console.log(`✖ ${fault}`)
  const seconds = Math.round((performance.now() - begun) / 1000)
  console.log(`Seed ${seed}: ${sent} malformed requests in ${seconds} s, ${faults.length} faults.`)
  process.exitCode = faults.length === 0 ? 0 : 1
} finally {
  await server.stop()
}
