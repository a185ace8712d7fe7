import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import { createInterface } from 'node:readline'
import { test } from 'node:test'
import { signIn } from '../people.ts'
import { API, APP } from '../stack.ts'

/** Batches and the feed pass through Caddy as they come, both ways. */
export function testStreaming(): void {
  test('answers to a batch come while it is still being sent', async () => {
    const { token } = await signIn(API)
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'text/plain', 'idempotency-key': randomUUID() }
    const sent = request(`${APP}/api/jotc/batch`, { method: 'POST', headers })
    sent.write('0010010\n')
    const [answer] = (await once(sent, 'response')) as [IncomingMessage]
    const lines = createInterface(answer)[Symbol.asyncIterator]()
    const next = async () => JSON.parse((await lines.next()).value ?? 'null')
    assert.equal((await next()).total, 4)
    sent.end('0000\n')
    assert.equal((await next()).total, 2)
    assert.equal(await next(), null)
  })

  test('the live feed tells a submission at once', async () => {
    const ana = await signIn(API)
    const feed = await fetch(`${APP}/api/jotc/live`, { headers: { authorization: `Bearer ${ana.token}` } })
    let told = ''
    for await (const text of feed.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      told += text
      if (/^event: ready$/m.test(text)) void ana.solves('0010010')
      if (/^event: submission\n.*\ndata: .*"clouds":"0010010"/m.test(told)) break
    }
  })
}
