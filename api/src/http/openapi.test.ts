import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { PROBLEM_TYPES } from '@jotc/core/api/problem'
import { system } from '@jotc/testing/service/system'

const { api } = await system({ after })
const description = (await api.inject('/openapi.json')).json()
type Media = { schema?: { $ref?: string }; example?: unknown; examples?: object }
type Operation = {
  operationId?: string
  tags?: string[]
  security?: unknown
  requestBody?: { content?: Record<string, Media> }
  responses: Record<string, { content?: Record<string, Media> }>
}
const operations = Object.entries<Record<string, Operation>>(description.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({
    method: method as 'get',
    path,
    name: `${method} ${path}`,
    operation,
  })),
)

test('every call is described, and nothing but the calls', () => {
  assert.equal(description.openapi, '3.1.0')
  const methods = (path: object) => Object.keys(path).sort().join()
  const calls = Object.entries<object>(description.paths).map(([path, described]) => [path, methods(described)])
  assert.deepEqual(Object.fromEntries(calls), {
    '/accounts': 'post',
    '/health/live': 'get',
    '/health/ready': 'get',
    '/jotc': 'get,post',
    '/jotc/batch': 'post',
    '/jotc/export': 'get',
    '/jotc/live': 'get',
    '/jotc/stats': 'get',
    '/jotc/{id}': 'delete,get',
    '/login': 'post',
    '/login/code': 'post',
    '/logout': 'post',
    '/me': 'delete,get',
    '/me/passkeys': 'get,post',
    '/me/passkeys/options': 'post',
    '/me/passkeys/{id}': 'delete,patch',
    '/me/sessions': 'delete,get',
    '/me/sessions/{id}': 'delete',
    '/me/tokens': 'get,post',
    '/me/tokens/{id}': 'delete',
    '/passkeys/options': 'post',
    '/passkeys/sign-in': 'post',
    '/users': 'get',
    '/users/{id}': 'patch',
    '/users/{id}/sessions': 'delete',
    '/users/{id}/submissions': 'delete',
  })
})

test('shapes have names, and every reference leads to one', () => {
  const named = Object.keys(description.components.schemas)
  const references = JSON.stringify(description).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)
  for (const [, name = ''] of references) assert.ok(named.includes(name), name)
  for (const name of ['SignInRequest', 'Session', 'SubmissionPage', 'Submission']) assert.ok(named.includes(name), name)
})

test('a call asks for a token or a session exactly where it says so', async () => {
  for (const { method, path, name, operation } of operations) {
    const url = path.replace('{id}', '019b2c1e-6a3f-7c55-8a52-0f2d4c1b9e77')
    const { statusCode } = await api.inject({ method, url })
    assert.deepEqual(operation.security, statusCode === 401 ? [{ bearerAuth: [] }, { sessionCookie: [] }] : [], name)
  }
})

test('every call has a name of its own and belongs to a described group', () => {
  const names = operations.map(({ operation }) => operation.operationId)
  assert.equal(new Set(names).size, operations.length)
  const groups = description.tags.map((tag: { name: string }) => tag.name)
  for (const { name, operation } of operations) assert.ok(groups.includes(operation.tags?.[0]), name)
})

test('every body and every answer in JSON has an example', () => {
  for (const { name, operation } of operations) {
    for (const { content = {} } of [operation.requestBody ?? {}, ...Object.values(operation.responses)]) {
      for (const [type, { schema, ...media }] of Object.entries(content)) {
        const shape = description.components.schemas[schema?.$ref?.split('/').at(-1) ?? '']
        assert.ok(media.example ?? media.examples ?? shape?.examples, `${name}: ${type}`)
      }
    }
  }
})

test('every type of problem is described by a call that answers it, or comes of requests that reach none', () => {
  const answers = operations.flatMap(({ operation }) => Object.values(operation.responses))
  const problems = answers.map(({ content }) => content?.['application/problem+json']?.examples ?? {})
  const described = new Set(problems.flatMap(Object.keys))
  const missing = Object.keys(PROBLEM_TYPES).filter((type) => !described.has(type))
  assert.deepEqual(missing.sort(), ['method-not-allowed', 'not-found', 'url-too-long'])
})
