import assert from 'node:assert/strict'
import { test } from 'node:test'
import { apiServer, pageConfig, readConfig } from './config.ts'

test('an empty environment is development on this machine', () => {
  assert.deepEqual(readConfig({}), {
    host: '127.0.0.1',
    port: 8000,
    apiPort: 4000,
    apiUrl: '/api',
    mode: 'development',
    signIn: 'details',
    minimumAge: 18,
  })
})

test('the API that runs beside the app is asked on this machine, wherever both listen', () => {
  for (const [HOST, server] of [
    ['127.0.0.1', 'http://127.0.0.1:4001'],
    ['0.0.0.0', 'http://127.0.0.1:4001'],
    ['::', 'http://[::1]:4001'],
    ['clouds.local', 'http://clouds.local:4001'],
  ] as const) {
    assert.equal(apiServer(readConfig({ HOST, API_PORT: '4001' })), server)
  }
})

test('a wrong setting is named', () => {
  assert.throws(() => readConfig({ APP_ENV: 'prod' }), /APP_ENV is “prod”/)
  assert.throws(() => readConfig({ APP_PORT: '80a' }), /APP_PORT is “80a”/)
  assert.throws(() => readConfig({ API_PORT: '-1' }), /API_PORT is “-1”/)
  assert.throws(() => readConfig({ SIGN_IN: 'sms' }), /SIGN_IN is “sms”/)
  assert.throws(() => readConfig({ MINIMUM_AGE: '18.5' }), /MINIMUM_AGE is “18.5”/)
  assert.throws(() => readConfig({ API_URL: 'javascript:alert(1)' }), /API_URL is/)
})

test('the page is told where the API is, the mode, how one signs in and how old one must be, and nothing else', () => {
  const config = readConfig({ APP_ENV: 'production', API_URL: '/api/', HOST: '0.0.0.0', MINIMUM_AGE: '16' })
  assert.deepEqual(pageConfig(config), { apiUrl: '/api', mode: 'production', signIn: 'code', minimumAge: 16 })
})
