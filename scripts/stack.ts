import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { resolve } from 'node:path'

/**
 * `npm run test:stack`: the tests of the images and of both stacks, in real containers. The engine is the one that
 * answers, or the one beside the checkout (started, and then stopped afterwards); without any, they are skipped.
 */
const ENGINE = resolve('../shared/engine/engine')
const COUNTS = 'test-results/stack.json'

const isBeside = existsSync(ENGINE) && process.getuid?.() === 0
if (!answers() && isBeside) speakToEngine()
if (answers()) run()
else if (isBeside && engine('start')) {
  run()
  engine('stop')
} else say({ passed: 0, failed: 0, skipped: 1 }, ' (no container engine answers)')

function run(): void {
  mkdirSync('test-results', { recursive: true })
  rmSync(COUNTS, { force: true })
  const args = [
    '--test',
    // Both stacks have the same ports.
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

function answers(): boolean {
  return spawnSync('docker', ['version']).status === 0
}

function engine(command: 'start' | 'stop'): boolean {
  return spawnSync('bash', [ENGINE, command], { stdio: ['ignore', 'inherit', 'inherit'] }).status === 0
}

/** Takes over what leads `docker` to the engine beside the checkout, whether or not it runs. */
function speakToEngine(): void {
  const { stdout } = spawnSync('bash', ['-c', `eval "$(${ENGINE} env)"; env -0`], { encoding: 'utf8' })
  for (const line of stdout.split('\0')) {
    const [, name, value] = /^(PATH|DOCKER_\w+)=(.*)$/s.exec(line) ?? []
    if (name) process.env[name] = value
  }
}
