import assert from 'node:assert/strict'
import { test } from 'node:test'
import { digitsOf } from './mailed-code.ts'

test('a code is read however it was copied', () => {
  for (const copied of ['123456', '123 456', ' 123-456\n', 'Your code: 123\u00a0456', '１２３４５６']) {
    assert.equal(digitsOf(copied, 6), '123456')
  }
  assert.equal(digitsOf('123456 789012', 12), '123456789012')
})

test('what is too long is cut, what is no digit is passed over', () => {
  assert.equal(digitsOf('12345678', 6), '123456')
  assert.equal(digitsOf('12a', 6), '12')
})
