import assert from 'node:assert/strict'
import { test } from 'node:test'
import { skip } from '@jotc/testing/servers/redis'
import { DEFAULTS } from './options.ts'
import { scenarios } from './scenarios.ts'

const TINY = {
  ...DEFAULTS,
  rounds: 1,
  seconds: 0.2,
  clients: 4,
  rate: 50,
  rows: 200,
  samples: 1,
  only: 'of nobody',
  browser: false,
}
const NEED_REDIS = ['login', 'post', 'cost', 'batch']

/** What each scenario compares, however little it measures: a part of the name of each of its figures. */
const FIGURES: Record<string, string[]> = {
  login: ['sign-ins', 'p99, clients', 'p99 at 50', 'median at 50'],
  post: ['on its own table', 'on our table', 'p99, clients', 'p99 at 50', 'median at 50'],
  cost: ['submissions, one service', 'write-ahead log'],
  list: ['email of nobody, by total desc', 'by cursor', 'worst'],
  export: ['memory while exporting'],
  batch: ['boards by file'],
  solve: ['100 clouds', '10,000 clouds', '1,000,000 clouds'],
  start: ['npm start'],
  app: ['first load'],
}

for (const [name, { run }] of Object.entries(scenarios)) {
  test(`${name} measures all that it compares, on both sides`, {
    skip: NEED_REDIS.includes(name) && skip,
  }, async () => {
    const { figures } = await run(TINY, () => {})
    for (const part of FIGURES[name] ?? [`figures of ${name}`]) {
      const figure = figures.find(({ what }) => what.includes(part))
      assert(figure && figure.ours > 0 && figure.baseline > 0, `${part}: ${JSON.stringify(figure ?? figures)}`)
    }
  })
}
