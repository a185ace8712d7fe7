import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FeedStream } from './stream.ts'

test('a reader who takes nothing is cut off once a megabyte waits', () => {
  const stream = new FeedStream()
  stream.release()
  const text = 'x'.repeat(100_000)
  for (let count = 0; count < 10; count++) stream.send(text)
  assert.equal(stream.destroyed, false)
  stream.send(text)
  assert.equal(stream.destroyed, true)
})

test('what is told while a reader catches up comes after what it missed', async () => {
  const stream = new FeedStream()
  stream.send('3')
  void stream.sendFirst('1')
  void stream.sendFirst('2')
  stream.release()
  stream.endWith('4')
  stream.send('5')
  assert.equal((await stream.toArray()).join(''), '1234')
})
