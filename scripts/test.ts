/**
 * `npm test`: the tests of all workspaces against a real PostgreSQL, Redis and browser. What they need beyond npm is
 * found, or installed where possible. The last line counts over both runners.
 * `npm test -- PART…`: only files whose path contains one of the parts.
 *
 * One runner after the other: on two cores both at once take longer, and each test takes twice the CPU.
 */

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  accessSync,
  constants,
  existsSync,
  globSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from 'node:fs'
import { availableParallelism, freemem, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { clearPgEnvironment } from '../db/src/embedded.ts'
import { type Counts, runNodeTests } from './node-tests.ts'
import { ensureProgram } from './programs.ts'

const parts = process.argv.slice(2)

/** Those of `deploy/stack` need a container engine: scripts/stack.ts runs them. */
const NODE_TESTS = [
  '{core,db,api,app,testing,bench,chaos,scripts}/**/*.test.ts',
  'deploy/{,kubernetes/,observe/}*.test.ts',
]
/** The longest files start first, so that none is left alone at the end. Those that compute and those that wait alternate. */
const FIRST = [
  'bench/src/scenarios.test.ts',
  'api/src/database/database.test.ts',
  'scripts/start.test.ts',
  'api/src/database/replica.test.ts',
  'chaos/src/workers.test.ts',
  'api/src/submissions/feed/feed.test.ts',
  'chaos/src/postgres.test.ts',
  'api/src/sign-in/verification.test.ts',
  'api/src/supervisor/supervise.test.ts',
  'api/src/http/load-shedding.test.ts',
  'api/src/submissions/list/plans.test.ts',
  'api/src/sign-in/abuse.test.ts',
]
const WITHOUT_DATABASE = /^(core|app)\//
/** Files that share a process by these folders, where starting one costs more than most of their tests. */
const TOGETHER = /^(core|app|api\/src\/\w+)\//
if (!existsSync(tmpdir())) {
  console.error(`npm test: TMPDIR is “${tmpdir()}”, which is no folder.`)
  process.exit(1)
}
const RESULTS = 'test-results'
rmSync(RESULTS, { recursive: true, force: true })
mkdirSync(RESULTS)
ensureProgram('redis')
ensureProgram('pgbouncer')
clearPgEnvironment()
// Tests only talk to this machine, so a proxy of the shell must not apply.
const { NO_PROXY = '', no_proxy = NO_PROXY } = process.env
const direct = `${no_proxy},localhost,127.0.0.1,::1,[::1]`
Object.assign(process.env, {
  NO_PROXY: direct,
  no_proxy: direct,
  APP_ENV: 'test',
  CHROMIUM: ensureProgram('headlessChromium') ?? '',
  TMPDIR: memoryFolder() ?? tmpdir(),
  // A hundred processes load the same modules: with a cache they start in two thirds of the CPU time.
  NODE_COMPILE_CACHE: resolve('node_modules/.cache/jotc/compiled'),
  PWTEST_CACHE_DIR: resolve('node_modules/.cache/jotc/playwright'),
})

const all = [await nodeTests(), await browserTests()].filter((counts) => counts !== undefined)
const sum = (of: keyof Counts) => all.reduce((total, counts) => total + counts[of], 0)
console.log(`Tests of all runners: ${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped.`)
process.exitCode = sum('failed') === 0 && sum('passed') > 0 ? 0 : 1

/** @returns undefined if no path contains a part */
async function nodeTests(): Promise<Counts | undefined> {
  const found = findTests(NODE_TESTS)
  if (found.length === 0) return undefined
  const turn = (file: string) => (FIRST.includes(file) ? FIRST.indexOf(file) : FIRST.length)
  const groups = Object.groupBy(
    found.sort((one, other) => turn(one) - turn(other)),
    (file) => (FIRST.includes(file) ? file : (TOGETHER.exec(file)?.[0] ?? file)),
  )
  const files = Object.entries(groups).flatMap(([name, group = []]) =>
    group.length > 1 ? together(name, group) : group,
  )
  // The types lack `globalSetupPath`. Tests without a database need not wait for one.
  const options = found.every((file) => WITHOUT_DATABASE.test(file)) ? {} : { globalSetupPath: 'testing/setup.ts' }
  return await runNodeTests({ ...options, files, concurrency: 2 * availableParallelism(), timeout: 300_000 })
}

/**
 * A folder in memory for temporary files, because tests create and drop hundreds of databases: on ext4 without a journal,
 * searching for free inodes took a quarter of their CPU time.
 *
 * @returns undefined if there is none with 4 GiB free, or `TMPDIR` is set
 */
function memoryFolder(): string | undefined {
  const folder = '/dev/shm'
  const { TMPDIR } = process.env
  if (TMPDIR || !existsSync(folder)) return undefined
  const { bavail, bsize } = statfsSync(folder)
  if (Math.min(bavail * bsize, freemem()) < 4 * 2 ** 30) return undefined
  const probe = join(folder, `jotc-${process.pid}`)
  try {
    writeFileSync(probe, '', { mode: 0o700 })
    // Not where it is mounted `noexec`: some tests run scripts.
    accessSync(probe, constants.X_OK)
    return folder
  } catch {
    return undefined
  } finally {
    rmSync(probe, { force: true })
  }
}

/** Makes one file that imports others. @returns its path */
function together(folder: string, files: string[]): string {
  const one = resolve(RESULTS, `${folder.replaceAll('/', '-')}all.test.ts`)
  writeFileSync(one, files.map((file) => `await import(${JSON.stringify(resolve(file))})\n`).join(''))
  return one
}

/** @returns undefined if no path contains a part */
async function browserTests(): Promise<Counts | undefined> {
  const files = findTests(['e2e/**/*.test.ts'])
  if (files.length === 0) return undefined
  const runner = spawn('node_modules/.bin/playwright', ['test', '--config=e2e', ...files], {
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  const [status] = await once(runner, 'exit')
  try {
    const { stats } = JSON.parse(readFileSync(`${RESULTS}/browser.json`, 'utf8'))
    const counts = { passed: stats.expected, failed: stats.unexpected + stats.flaky, skipped: stats.skipped }
    // A runner that exits with an error has failed, even if its own counts say otherwise.
    return status === 0 || counts.failed > 0 ? counts : { ...counts, failed: 1 }
  } catch (error) {
    console.error(`The browser tests left no counts: ${error}`)
    return { passed: 0, failed: 1, skipped: 0 }
  }
}

function findTests(patterns: string[]): string[] {
  const files = globSync(patterns, { exclude: ['**/node_modules/**'] })
  return parts.length === 0 ? files : files.filter((file) => parts.some((part) => file.includes(part)))
}
