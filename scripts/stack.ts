/**
 * `npm run test:stack`: tests of the images and of the Compose stacks, in real containers. Without a container engine
 * they are skipped.
 */

import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'

const COUNTS = 'test-results/stack.json'

if (spawnSync('docker', ['version']).status === 0) run()
else say({ passed: 0, failed: 0, skipped: 1 }, ' (no container engine answers)')

function run(): void {
  mkdirSync('test-results', { recursive: true })
  rmSync(COUNTS, { force: true })
  const args = [
    '--test',
    // The stacks use the same ports.
    '--test-concurrency=1',
    '--test-reporter=spec',
    '--test-reporter-destination=stdout',
    '--test-reporter=./scripts/counts-reporter.ts',
    `--test-reporter-destination=${COUNTS}`,
    'deploy/stack/*.test.ts',
  ]
  const { status } = spawnSync(process.execPath, args, { stdio: 'inherit' })
  const counts = existsSync(COUNTS) ? JSON.parse(readFileSync(COUNTS, 'utf8')) : { passed: 0, failed: 1, skipped: 0 }
  say(status !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts)
}

function say({ passed, failed, skipped }: { passed: number; failed: number; skipped: number }, why = ''): void {
  console.log(`Tests of the stack${why}: ${passed} passed, ${failed} failed, ${skipped} skipped.`)
  process.exitCode = failed === 0 ? 0 : 1
}
