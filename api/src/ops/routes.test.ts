import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { problemOf, system } from '@jotc/testing/service/system'

const { api, person } = await system({ after }, { TRUST_PROXY: ['127.0.0.1'] })
const ana = await person('ana')

test('what happened is counted: requests by route, database, verifier, store', async () => {
  await ana.solves('0010010')
  await ana.gets('/nowhere')
  const answer = await api.inject('/metrics')
  assert.match(String(answer.headers['content-type']), /^text\/plain; version=0\.0\.4/)
  for (const line of [
    'jotc_http_request_duration_seconds_count{method="POST",route="/jotc",status="201"} 1',
    'jotc_http_request_duration_seconds_count{method="GET",route="none",status="404"} 1',
    'jotc_verifier_outcomes_total{outcome="unchecked"} 1',
    'jotc_verifier_breaker{worker="0",state="off"} 1',
    'jotc_store_up{worker="0"} 1',
    'jotc_database_retries_total 0',
  ]) {
    assert.ok(answer.body.includes(`${line}\n`), line)
  }
  assert.match(answer.body, /^jotc_database_connections\{worker="0",state="busy"\} \d/m)
})

test('metrics are for neighbours: through a proxy, or from elsewhere, there is nothing', async () => {
  for (const headers of [{ 'x-forwarded-for': '10.0.0.7' }, { forwarded: 'for=10.0.0.7' }]) {
    problemOf(await api.inject({ url: '/metrics', headers }), 404)
  }
  problemOf(await api.inject({ url: '/metrics', remoteAddress: '203.0.113.9' }), 404)
  for (const remoteAddress of ['127.0.0.1', '::ffff:10.1.2.3', 'fd00::7']) {
    assert.equal((await api.inject({ url: '/metrics', remoteAddress })).statusCode, 200)
  }
})
