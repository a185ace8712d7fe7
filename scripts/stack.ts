/**
 * `npm run test:stack`: tests of the images and of the Compose stacks, in real containers. Without a container engine
 * they are skipped.
 */

import { spawnSync } from 'node:child_process'
import { globSync } from 'node:fs'
import { runNodeTests } from './node-tests.ts'

const engine = spawnSync('docker', ['version']).status === 0
// One file at a time: the stacks use the same ports.
const { passed, failed, skipped } = engine
  ? await runNodeTests({ files: globSync('deploy/stack/*.test.ts').sort(), concurrency: 1 })
  : { passed: 0, failed: 0, skipped: 1 }
const why = engine ? '' : ' (no container engine answers)'
console.log(`Tests of the stack${why}: ${passed} passed, ${failed} failed, ${skipped} skipped.`)
process.exitCode = failed === 0 ? 0 : 1
