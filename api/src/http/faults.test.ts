import assert from 'node:assert/strict'
import { PassThrough, Readable } from 'node:stream'
import { after, test } from 'node:test'
import sql from 'sql-template-tag'
import { logOf } from '../../test/log.ts'
import { ORIGIN, problemOf, system } from '../../test/system.ts'
import { problemResponses } from './openapi.ts'

const { api } = await system({ after }, { APP_ENV: 'production' })
const log = logOf(api)

api.get('/faults/hook', { preHandler: () => Promise.reject(new Error('in a hook')) }, async () => 'never')
api.get(
  '/faults/serializer',
  { schema: { response: { 200: { type: 'object', properties: { a: { type: 'integer' } } }, ...problemResponses() } } },
  async () => ({
    a: 'no number',
  }),
)
api.get(
  '/faults/stream',
  async (_request, reply) =>
    await reply.send(
      new Readable({
        read() {
          this.destroy(new Error('in a stream'))
        },
      }),
    ),
)
api.get('/faults/begun', async (_request, reply) => {
  const stream = new PassThrough()
  stream.write('the beginning')
  setImmediate(() => stream.destroy(new Error('in the middle')))
  return await reply.send(stream)
})
api.get('/faults/statement', async () => await api.database.query(sql`select 1 / 0`))
api.get('/faults/other-statement', async () => await api.database.query(sql`select 1 / 0`))
api.get('/faults/object', () => Promise.reject({ some: 'thing' }))
api.get('/faults/other-object', () => Promise.reject({ some: 'thing' }))

const codeOf = async (path: string) =>
  problemOf(await api.inject({ url: `/faults/${path}`, headers: { origin: ORIGIN } }), 500).code

for (const where of ['hook', 'serializer', 'stream', 'statement', 'object']) {
  test(`thrown in a ${where}: the page can read the problem, and its code finds one line with route and stack`, async () => {
    log.clear()
    const answer = await api.inject({ url: `/faults/${where}`, headers: { origin: ORIGIN } })
    const { code, requestId } = problemOf(answer, 500)
    assert.equal(answer.headers['access-control-allow-origin'], ORIGIN)
    const lines = log.lines.filter((line) => line.code === code)
    assert.deepEqual(
      lines.map((line) => [line.requestId, line.route, typeof line.err?.stack]),
      [[requestId, `/faults/${where}`, 'string']],
    )
  })
}

test('thrown when the answer has begun: it breaks off, and the line has a code too', async () => {
  log.clear()
  await assert.rejects(api.inject('/faults/begun'))
  assert.equal(log.lines.filter(({ code, route }) => code !== undefined && route === '/faults/begun').length, 1)
})

test('one bug has one code; the same words from another place have another', async () => {
  for (const what of ['statement', 'object']) {
    assert.equal(await codeOf(what), await codeOf(what))
    assert.notEqual(await codeOf(what), await codeOf(`other-${what}`))
  }
})

test('errors are counted by their codes', async () => {
  const code = await codeOf('hook')
  const counted = async () =>
    Number(new RegExp(`jotc_errors_total\\{code="${code}"\\} (\\d+)`).exec(await api.metrics.text())?.[1])
  const before = await counted()
  await codeOf('hook')
  assert.equal(await counted(), before + 1)
})

test('background work that fails is a line with a code, or a warning where it may pass', () => {
  log.clear()
  api.faults.reportBackground(new Error('nobody waits for this'), 'tidying')
  const [line] = log.lines
  assert.match(line?.code ?? '', /^[0-9a-f]{16}$/)
})

test('a caller’s trace is in every line of its request; a malformed one is not', async () => {
  log.clear()
  const traceId = '4bf92f3577b34da6a3ce929d0e0e4736'
  const ask = (traceparent: string) => api.inject({ url: '/faults/hook', headers: { traceparent } })
  await ask(`00-${traceId}-00f067aa0ba902b7-01`)
  await ask(`00-${'0'.repeat(32)}-00f067aa0ba902b7-01`)
  assert.deepEqual(
    log.lines.map((line) => line.traceId),
    [traceId, traceId, undefined, undefined],
  )
})
