import assert from 'node:assert/strict'
import { test } from 'node:test'
import { withoutSecrets } from './log-output.ts'

test('details of people and secrets are hidden, however deep in a line; all else stays', () => {
  const line = { status: 200, token: 'x', user: { id: 1, email: 'x', more: { birthDate: 'x', role: 'user' } } }
  assert.deepEqual(withoutSecrets(line), {
    status: 200,
    token: '[hidden]',
    user: { id: 1, email: '[hidden]', more: { birthDate: '[hidden]', role: 'user' } },
  })
  assert.equal(line.token, 'x')
})

test('a line without any of them, and an error in it, are not touched', () => {
  const line = { status: 500, err: new Error('x') }
  assert.equal(withoutSecrets(line), line)
})
