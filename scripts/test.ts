import { spawnSync } from 'node:child_process'
import { existsSync, globSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { forgetOtherServers } from '../db/src/embedded.ts'
import { ensureProgram } from './programs.ts'

/**
 * `npm test`: the tests of all workspaces against a real PostgreSQL, Redis and browser. What they need
 * beyond npm is found or installed where that is possible. The last line counts over all runners.
 * `npm test -- PART…`: those whose path holds one of the parts.
 */
type Counts = { passed: number; failed: number; skipped: number }

const parts = process.argv.slice(2)

/** Those of `deploy/stack` need a container engine: scripts/stack.ts runs them. */
const NODE_TESTS = ['{core,db,api,app,bench,chaos,scripts}/**/*.test.ts', 'deploy/{,kubernetes/,observe/}*.test.ts']
if (!existsSync(tmpdir())) {
  console.error(`npm test: TMPDIR is “${tmpdir()}”, which is no folder.`)
  process.exit(1)
}
const RESULTS = 'test-results'
rmSync(RESULTS, { recursive: true, force: true })
mkdirSync(RESULTS)
ensureProgram('redis')
ensureProgram('pgbouncer')
forgetOtherServers()
// What the tests start is on this machine, whatever proxy the shell names.
const { NO_PROXY = '', no_proxy = NO_PROXY } = process.env
const direct = `${no_proxy},localhost,127.0.0.1,::1,[::1]`
const env = {
  ...process.env,
  NO_PROXY: direct,
  no_proxy: direct,
  APP_ENV: 'test',
  CHROMIUM: ensureProgram('chromium') ?? '',
}

const all = [nodeTests(), browserTests()].filter((counts) => counts !== undefined)
const sum = (of: keyof Counts) => all.reduce((total, counts) => total + counts[of], 0)
console.log(`Tests of all runners: ${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped.`)
process.exitCode = sum('failed') === 0 && sum('passed') > 0 ? 0 : 1

/** @returns undefined where no path holds a part */
function nodeTests(): Counts | undefined {
  const files = findTests(NODE_TESTS)
  if (files.length === 0) return undefined
  const args = [
    '--test',
    '--test-concurrency=2',
    '--test-timeout=180000',
    '--test-global-setup=testing/setup.ts',
    '--test-reporter=spec',
    '--test-reporter-destination=stdout',
    '--test-reporter=./scripts/counts-reporter.ts',
    `--test-reporter-destination=${RESULTS}/node.json`,
    ...files,
  ]
  const { status } = spawnSync(process.execPath, args, { stdio: 'inherit', env })
  return checkedCounts(status, () => JSON.parse(readFileSync(`${RESULTS}/node.json`, 'utf8')))
}

function browserTests(): Counts | undefined {
  const files = findTests(['e2e/*.test.ts'])
  if (files.length === 0) return undefined
  const args = ['test', '--config=e2e', ...files]
  const { status } = spawnSync('node_modules/.bin/playwright', args, { stdio: 'inherit', env })
  return checkedCounts(status, () => {
    const { stats } = JSON.parse(readFileSync(`${RESULTS}/browser.json`, 'utf8'))
    return { passed: stats.expected, failed: stats.unexpected + stats.flaky, skipped: stats.skipped }
  })
}

function findTests(patterns: string[]): string[] {
  const files = globSync(patterns, { exclude: ['**/node_modules/**'] })
  return parts.length === 0 ? files : files.filter((file) => parts.some((part) => file.includes(part)))
}

/** A runner that ends badly has failed, even where its own counts are missing or say otherwise. */
function checkedCounts(status: number | null, read: () => Counts): Counts {
  try {
    const counts = read()
    return status === 0 || counts.failed > 0 ? counts : { ...counts, failed: 1 }
  } catch (error) {
    console.error(`The runner left no counts: ${error}`)
    return { passed: 0, failed: 1, skipped: 0 }
  }
}
