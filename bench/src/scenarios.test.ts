import assert from 'node:assert/strict'
import { test } from 'node:test'
import { skip } from '@jotc/testing/redis'
import { DEFAULTS } from './options.ts'
import { scenarios } from './scenarios.ts'

const TINY = { ...DEFAULTS, rounds: 1, seconds: 0.2, clients: 4, rate: 50, rows: 200, samples: 1, browser: false }
const NEED_REDIS = ['login', 'post', 'batch']

for (const [name, { run }] of Object.entries(scenarios)) {
  test(`${name} compares ours with its baseline`, { skip: NEED_REDIS.includes(name) && skip }, async () => {
    const { figures } = await run(TINY, () => {})
    assert(figures.length > 0)
    for (const { what, ratio } of figures) assert(Number.isFinite(ratio), `${what}: ${ratio}`)
  })
}
