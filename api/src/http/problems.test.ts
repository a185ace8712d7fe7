import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { problemOf, system } from '../../test/system.ts'
import { errorCode } from './error-code.ts'

const development = await system({ after }, { APP_ENV: 'development' })
const production = await system({ after }, { APP_ENV: 'production' })
for (const { api } of [development, production]) failing(api)

function failing(api: FastifyInstance) {
  api.get<{ Params: { name: string } }>('/fails/:name', async ({ params }) => {
    throw new Error(`The file "${params.name}" has 17 faults`)
  })
  api.get('/throws/nothing', () => Promise.reject(undefined))
  api.get('/throws/text', () => Promise.reject('a text'))
  api.get('/throws/status', () => Promise.reject(Object.assign(new Error('from a library'), { statusCode: 200 })))
}

test('an unexpected error is a 500 with a code; production tells nothing else', async () => {
  const { code, requestId, ...rest } = problemOf(await production.api.inject('/fails/secret'), 500)
  assert.match(code ?? '', /^[0-9a-f]{16}$/)
  assert.deepEqual(rest, { type: 'about:blank', title: 'Internal Server Error', status: 500 })
})

test('development shows the message and the stack', async () => {
  const { detail, stack } = problemOf(await development.api.inject('/fails/x'), 500)
  assert.equal(detail, 'The file "x" has 17 faults')
  assert.match(stack ?? '', /problems\.test\.ts/)
})

test('one bug has one code, whatever the values in its message; another has another', async () => {
  const codeOf = async (path: string) => problemOf(await production.api.inject(path), 500).code
  assert.equal(await codeOf('/fails/one'), await codeOf('/fails/two'))
  assert.notEqual(await codeOf('/fails/one'), await codeOf('/throws/text'))
})

for (const what of ['nothing', 'text', 'status']) {
  test(`throwing ${what} is a 500 as well`, async () => {
    assert.ok(problemOf(await production.api.inject(`/throws/${what}`), 500).code)
  })
}

test('an error code does not depend on the folder the service lies in', () => {
  const at = (folder: string) =>
    Object.assign(new Error('row 12 of "users"'), {
      stack: `Error: x\n    at f (file:///${folder}/node_modules/pg/index.js:1:1)\n    at g (file:///${folder}/api/src/me/routes.ts:9:3)`,
    })
  assert.equal(errorCode(at('srv/jotc')), errorCode(at('home/ö x/jotc')))
})
