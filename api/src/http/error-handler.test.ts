import assert from 'node:assert/strict'
import { PassThrough } from 'node:stream'
import { after, test } from 'node:test'
import { logOf } from '@jotc/testing/service/log'
import { detailsOf, ORIGIN, problemOf, system } from '@jotc/testing/service/system'
import sql from 'sql-template-tag'
import { errorCode } from './error-handler.ts'
import { HttpError } from './errors.ts'

const development = await system({ after }, { APP_ENV: 'development' })
const production = await system({ after }, { APP_ENV: 'production' })
for (const { api } of [development, production])
  api.get<{ Params: { name: string } }>('/fails/:name', async ({ params }) => {
    throw new Error(`The file "${params.name}" has 17 faults`)
  })

const { api } = production
const log = logOf(api)

const never = async () => 'never'
api.get('/breaks/hook', { preHandler: () => Promise.reject(new Error('in a hook')) }, never)
const number = { type: 'object', properties: { a: { type: 'integer' } } }
api.get('/breaks/serializer', { schema: { response: { 200: number } } }, async () => ({ a: 'no number' }))
api.get('/breaks/statement', async () => await api.database.query(sql`select 1 / 0`))
api.get('/breaks/other-statement', async () => await api.database.query(sql`select 1 / 0`))
for (const [what, thrown] of Object.entries({
  object: { some: 'thing' },
  'other-object': { some: 'thing' },
  nothing: undefined,
  text: 'a text',
  status: Object.assign(new Error('from a library'), { statusCode: 200 }),
}))
  api.get(`/breaks/${what}`, () => Promise.reject(thrown))
for (const [what, beginning, error] of [
  ['stream', '', new Error('in a stream')],
  ['begun', 'the beginning', new Error('in the middle')],
  ['foreseen', 'the beginning', new HttpError('database-unavailable', 'Away.')],
] as const)
  api.get(`/breaks/${what}`, async (_request, reply) => {
    const stream = new PassThrough()
    stream.write(beginning)
    setImmediate(() => stream.destroy(error))
    return await reply.send(stream)
  })

const codeOf = async (path: string) => problemOf(await api.inject(path), 500).code

test('an unexpected error is a 500 with a code; production tells nothing else', async () => {
  const { code, requestId, ...rest } = problemOf(await production.api.inject('/fails/secret'), 500)
  assert.match(code ?? '', /^[0-9a-f]{16}$/)
  assert.deepEqual(rest, { type: '/problems/unexpected', title: 'Internal Server Error', status: 500 })
})

test('development shows the message and the stack', async () => {
  const { detail, stack } = problemOf(await development.api.inject('/fails/x'), 500)
  assert.equal(detail, 'The file "x" has 17 faults')
  assert.match(stack ?? '', /error-handler\.test\.ts/)
})

test('an error code does not depend on the folder the service lies in', () => {
  const at = (folder: string) =>
    Object.assign(new Error('row 12 of "users"'), {
      stack: `Error: x\n    at f (file:///${folder}/node_modules/pg/index.js:1:1)\n    at g (file:///${folder}/api/src/me/routes.ts:9:3)`,
    })
  assert.equal(errorCode(at('srv/jotc')), errorCode(at('home/ö x/jotc')))
})

for (const where of ['hook', 'serializer', 'stream', 'statement', 'object', 'nothing', 'text', 'status']) {
  test(`thrown in a ${where}: the page can read the problem, and its code finds one line with route and stack`, async () => {
    log.clear()
    const answer = await api.inject({ url: `/breaks/${where}`, headers: { origin: ORIGIN } })
    const { code, requestId } = problemOf(answer, 500)
    assert.equal(answer.headers['access-control-allow-origin'], ORIGIN)
    const lines = log.lines.filter((line) => line.code === code)
    assert.deepEqual(
      lines.map((line) => [line.requestId, line.route, typeof line.err?.stack]),
      [[requestId, `/breaks/${where}`, 'string']],
    )
  })
}

test('thrown when the answer has begun: it breaks off, and the line has a code too', async () => {
  log.clear()
  await assert.rejects(api.inject('/breaks/begun'))
  assert.equal(log.lines.filter(({ code, route }) => code !== undefined && route === '/breaks/begun').length, 1)
})

test('one bug has one code, whatever the values in its message; the same words from another place have another', async () => {
  assert.equal(await codeOf('/fails/one'), await codeOf('/fails/two'))
  for (const what of ['statement', 'object']) {
    assert.equal(await codeOf(`/breaks/${what}`), await codeOf(`/breaks/${what}`))
    assert.notEqual(await codeOf(`/breaks/${what}`), await codeOf(`/breaks/other-${what}`))
  }
})

test('errors are counted by their codes', async () => {
  const code = await codeOf('/breaks/hook')
  const counted = async () =>
    Number(new RegExp(`jotc_errors_total\\{code="${code}"\\} (\\d+)`).exec(await api.metrics.text())?.[1])
  const before = await counted()
  await codeOf('/breaks/hook')
  assert.equal(await counted(), before + 1)
})

test('background work that fails is a line with a code, or a warning where it was foreseen', () => {
  log.clear()
  const code = api.reportError(new Error('nobody waits for this'), { work: 'tidying' })
  assert.match(code ?? '', /^[0-9a-f]{16}$/)
  assert.equal(api.reportError(new HttpError('database-unavailable', 'Away.'), { work: 'tidying' }), undefined)
  const [bug, foreseen] = log.lines
  assert.deepEqual([bug?.level, bug?.code, foreseen?.level, foreseen?.code], [50, code, 40, undefined])
})

test('what was foreseen and happens again and again is one line a second for each work', (t) => {
  log.clear()
  let now = performance.now()
  t.mock.method(performance, 'now', () => now)
  const fails = (work: string) => api.reportError(new HttpError('database-unavailable', 'Away.'), { work })
  for (const work of ['sweeping', 'sweeping', 'counting', 'sweeping']) fails(work)
  now += 1_000
  fails('sweeping')
  assert.deepEqual(
    log.lines.map((line) => 'work' in line && line.work),
    ['sweeping', 'counting', 'sweeping'],
  )
})

test('what was foreseen and ends an answer that has begun is a warning, and no bug', async () => {
  log.clear()
  const errors = async () => (await api.metrics.text()).match(/^jotc_errors_total.*/gm)
  const before = await errors()
  await assert.rejects(api.inject('/breaks/foreseen'))
  const [line, ...more] = log.lines.filter(({ route, msg }) => route === '/breaks/foreseen' && msg === 'Away.')
  assert.deepEqual([line?.level, line?.code, more], [40, undefined, []])
  assert.deepEqual(await errors(), before)
})

test('a token is asked for where it is missing, and named where it is refused; a failed sign-in asks for none', async () => {
  const ana = await production.person('ana')
  const asks = async (authorization: string) =>
    (await api.inject({ url: '/me', headers: { authorization } })).headers['www-authenticate']
  assert.equal((await api.inject('/me')).headers['www-authenticate'], 'Bearer')
  for (const wrong of ['Bearer x.y.z', 'Basic YW5h']) assert.equal(await asks(wrong), 'Bearer error="invalid_token"')
  await ana.signsOut()
  assert.equal(await asks(`Bearer ${ana.token}`), 'Bearer error="invalid_token"')
  const failed = await api.inject({ method: 'POST', url: '/login', payload: { ...detailsOf('ana'), firstName: 'Eve' } })
  assert.equal(problemOf(failed, 401).type, '/problems/details-do-not-match')
  assert.equal(failed.headers['www-authenticate'], undefined)
})

test('a caller’s trace is in every line of its request; a malformed one is not', async () => {
  log.clear()
  const traceId = '4bf92f3577b34da6a3ce929d0e0e4736'
  const ask = (traceparent: string) => api.inject({ url: '/breaks/hook', headers: { traceparent } })
  await ask(`00-${traceId}-00f067aa0ba902b7-01`)
  await ask(`00-${'0'.repeat(32)}-00f067aa0ba902b7-01`)
  assert.deepEqual(
    log.lines.map((line) => line.traceId),
    [traceId, traceId, undefined, undefined],
  )
})
