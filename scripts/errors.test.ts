import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { test } from 'node:test'

const CODE = '0123456789abcdef'
const line = (fields: object) => JSON.stringify({ level: 50, time: 0, pid: 1, hostname: 'x', ...fields })
const LOG = [
  line({ msg: 'another', code: 'fedcba9876543210', requestId: 'request-1' }),
  `api-1  | ${line({ msg: 'unexpected error', code: CODE, requestId: 'request-2', route: '/jotc', err: { stack: 'Error: x\n    at f (a.ts:1:2)' } })}`,
  line({ msg: 'GET /jotc 500', requestId: 'request-2', status: 500 }),
  'not a line of ours',
].join('\n')

const errors = (...args: string[]) =>
  spawnSync(process.execPath, ['scripts/errors.ts', ...args], { input: LOG, encoding: 'utf8' })

test('a code finds its line, with request and stack', () => {
  const { stdout, status } = errors(CODE)
  assert.equal(
    stdout,
    `1970-01-01T00:00:00.000Z unexpected error
  code: "${CODE}"
  requestId: "request-2"
  route: "/jotc"
  Error: x
      at f (a.ts:1:2)

1 line with ${CODE}
`,
  )
  assert.equal(status, 0)
})

test('a request id finds all lines of the request', () => {
  assert.match(errors('request-2').stdout, /2 lines with request-2\n$/)
})

test('a code that is nowhere, and no code at all, end with another exit code', () => {
  assert.equal(errors('00000000000000ff').status, 1)
  assert.equal(errors().status, 2)
})
