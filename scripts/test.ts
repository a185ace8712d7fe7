import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { ensureProgram } from './programs.ts'

/**
 * `npm test`: the tests of all workspaces against a real PostgreSQL, Redis and browser. What they need
 * beyond npm is found or installed where that is possible. The last line counts over all runners.
 */
type Counts = { passed: number; failed: number; skipped: number }

const RESULTS = 'test-results'
rmSync(RESULTS, { recursive: true, force: true })
mkdirSync(RESULTS)
ensureProgram('redis')
const env = { ...process.env, APP_ENV: 'test', CHROMIUM: ensureProgram('chromium') ?? '' }

const all = [nodeTests(), browserTests()]
const sum = (of: keyof Counts) => all.reduce((total, counts) => total + counts[of], 0)
console.log(`Tests of all runners: ${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped.`)
process.exitCode = sum('failed') === 0 && sum('passed') > 0 ? 0 : 1

function nodeTests(): Counts {
  const args = [
    '--test',
    '--test-concurrency=2',
    '--test-global-setup=db/src/test-setup.ts',
    '--test-reporter=spec',
    '--test-reporter-destination=stdout',
    '--test-reporter=./scripts/counts.ts',
    `--test-reporter-destination=${RESULTS}/node.json`,
    '{core,db,api,app,bench,scripts}/**/*.test.ts',
  ]
  const { status } = spawnSync(process.execPath, args, { stdio: 'inherit', env })
  return counted(status, () => JSON.parse(readFileSync(`${RESULTS}/node.json`, 'utf8')))
}

function browserTests(): Counts {
  const { status } = spawnSync('node_modules/.bin/playwright', ['test', '--config=e2e'], { stdio: 'inherit', env })
  return counted(status, () => {
    const { stats } = JSON.parse(readFileSync(`${RESULTS}/browser.json`, 'utf8'))
    return { passed: stats.expected, failed: stats.unexpected + stats.flaky, skipped: stats.skipped }
  })
}

/** A runner that ends badly has failed, even where its own counts are missing or say otherwise. */
function counted(status: number | null, read: () => Counts): Counts {
  try {
    const counts = read()
    return status === 0 || counts.failed > 0 ? counts : { ...counts, failed: 1 }
  } catch (error) {
    console.error(`The runner left no counts: ${error}`)
    return { passed: 0, failed: 1, skipped: 0 }
  }
}
