import assert from 'node:assert/strict'
import { randomUUIDv7 } from 'node:crypto'
import { text } from 'node:stream/consumers'
import { test } from 'node:test'
import { FeedStream } from './stream.ts'

const positionOf = (second: number) => ({
  createdAt: new Date(second * 1000).toISOString(),
  id: randomUUIDv7() as string,
})

test('a reader who is too slow loses what waits, is told so, and goes on from there', async () => {
  const stream = new FeedStream()
  const event = 'x'.repeat(100_000)
  for (let second = 0; second < 5; second++) stream.sendOrReset(event, positionOf(second))
  const reached = positionOf(5)
  stream.sendOrReset(event, reached)
  stream.sendOrReset('what follows\n\n', positionOf(6))
  stream.endWith('closing')
  assert.equal(
    await text(stream),
    `event: reset\nid: ${reached.createdAt}_${reached.id}\ndata: {}\n\n` +
      'what follows\n\nevent: end\ndata: {"reason":"closing"}\n\n',
  )
})

test('a reader who takes nothing for a minute of heartbeats is cut off; one who takes is not', async () => {
  const idle = new FeedStream()
  const reading = new FeedStream()
  for (const stream of [idle, reading]) void stream.send('an event\n\n')
  for (let beat = 0; beat < 5; beat++) {
    assert.equal(idle.destroyed, false)
    idle.beat()
    reading.read()
    reading.beat()
  }
  assert.equal(idle.destroyed, true)
  assert.equal(reading.destroyed, false)
})

test('what was sent is awaited until it was taken, or the reader is gone', async () => {
  const [reading, leaving] = [new FeedStream(), new FeedStream()]
  const sent = [reading.send('x'.repeat(200_000)), leaving.send('x')]
  reading.resume()
  leaving.destroy()
  await Promise.all(sent)
})

test('nothing follows on the end', async () => {
  const stream = new FeedStream()
  stream.endWith('expired')
  stream.endWith('closing')
  void stream.send('more')
  assert.equal(await text(stream), 'event: end\ndata: {"reason":"expired"}\n\n')
})
