import assert from 'node:assert/strict'
import { test } from 'node:test'
import { skip } from '../../api/src/plugins/store/testing.ts'
import { DEFAULTS } from './options.ts'
import { Skipped } from './scenario.ts'
import { scenarios } from './scenarios.ts'

const TINY = { ...DEFAULTS, rounds: 1, seconds: 0.2, clients: 4, rate: 50, rows: 200, samples: 1, browser: false }
const NEED_REDIS = ['login', 'post', 'batch']

for (const [name, { run }] of Object.entries(scenarios)) {
  test(`${name} compares ours with its baseline`, { skip: NEED_REDIS.includes(name) && skip }, async (context) => {
    const report = await run(TINY, () => {}).catch((error) => {
      if (error instanceof Skipped) return context.skip(error.message)
      throw error
    })
    if (!report) return
    assert(report.figures.length > 0)
    for (const { what, ratio } of report.figures) assert(Number.isFinite(ratio), `${what}: ${ratio}`)
  })
}
