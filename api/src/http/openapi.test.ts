import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { system } from '../../test/system.ts'

const { api } = await system({ after })
const description = (await api.inject('/openapi.json')).json()
type Operation = { responses: Record<string, { content?: Record<string, unknown> }>; security?: unknown }
const operations = Object.entries<Record<string, Operation>>(description.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ name: `${method} ${path}`, operation })),
)

test('every call is described, and nothing but the calls', () => {
  assert.equal(description.openapi, '3.1.0')
  assert.deepEqual(operations.map(({ name }) => name).sort(), [
    'delete /me',
    'delete /users/{id}/submissions',
    'get /health/live',
    'get /health/ready',
    'get /jotc',
    'get /jotc/export',
    'get /jotc/live',
    'get /jotc/stats',
    'get /jotc/{id}',
    'get /me',
    'get /users',
    'patch /users/{id}',
    'post /jotc',
    'post /jotc/batch',
    'post /login',
    'post /login/code',
    'post /logout',
  ])
})

test('shapes have names, and every reference leads to one', () => {
  const references = JSON.stringify(description).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)
  const named = Object.keys(description.components.schemas)
  for (const [, name = ''] of references) assert.ok(named.includes(name), name)
  for (const name of ['Session', 'SignInRequest', 'Submission', 'SubmissionPage', 'Problem'])
    assert.ok(named.includes(name))
})

test('every call but the health checks says which problems it answers, and whether one must be signed in', () => {
  for (const { name, operation } of operations.filter((each) => !each.name.includes('/health'))) {
    const problems = Object.values(operation.responses).filter((each) => each.content?.['application/problem+json'])
    assert.ok(problems.length >= 3, name)
    assert.equal(operation.security !== undefined, !name.startsWith('post /login'), name)
    // Without a token, and too often.
    if (operation.security)
      for (const status of ['401', '429']) assert.ok(operation.responses[status], `${name} ${status}`)
  }
})

test('the reader at /docs and its scripts are served', async () => {
  const page = await api.inject('/docs/')
  assert.match(page.body, /swagger-ui-bundle\.js/)
  assert.equal((await api.inject('/docs/static/swagger-ui-bundle.js')).statusCode, 200)
  assert.equal((await api.inject('/docs/json')).json().openapi, '3.1.0')
})
