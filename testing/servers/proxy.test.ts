import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { type TestContext, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { DELAY_MS, startProxy } from './proxy.ts'

/** A server that sends back what it gets, behind a proxy; what it got, and its connections in the order they came. */
async function echo(t: TestContext) {
  const sockets: Socket[] = []
  const got: string[] = []
  const server = createServer((socket) => {
    sockets.push(socket)
    socket.on('data', (chunk) => got.push(String(chunk)))
    socket.on('error', () => {}).pipe(socket)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const proxy = await startProxy((server.address() as AddressInfo).port)
  t.after(async () => {
    await proxy.close()
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return { proxy, sockets, got }
}

async function client(t: TestContext, port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1')
  t.after(() => void socket.destroy())
  await once(socket, 'connect')
  return socket
}

/** Also after an error. */
function closed(socket: Socket): Promise<unknown> {
  const { promise, resolve } = Promise.withResolvers<unknown>()
  socket.once('close', resolve)
  return promise
}

/** What comes back. */
async function sends(socket: Socket, text: string): Promise<string> {
  socket.write(text)
  return String((await once(socket, 'data'))[0])
}

test('a good network passes all; a slow one delays each piece, there and back', async (t) => {
  const { proxy } = await echo(t)
  const socket = await client(t, proxy.port)
  assert.equal(await sends(socket, 'one'), 'one')
  await proxy.become('slow')
  const begun = performance.now()
  assert.equal(await sends(socket, 'two'), 'two')
  assert(performance.now() - begun >= 2 * DELAY_MS - 2, 'it came at once')
})

test('a reset meets open connections and new ones', async (t) => {
  const { proxy } = await echo(t)
  const socket = await client(t, proxy.port)
  const broken = once(socket, 'error')
  await proxy.become('reset')
  assert.equal((await broken)[0].code, 'ECONNRESET')
  const next = client(t, proxy.port).then((socket) => once(socket, 'data'))
  await assert.rejects(next, { code: 'ECONNRESET' })
})

test('who is refused can connect again when the network is good again', async (t) => {
  const { proxy } = await echo(t)
  await proxy.become('refuse')
  await assert.rejects(client(t, proxy.port), { code: 'ECONNREFUSED' })
  await proxy.become('pass')
  assert.equal(await sends(await client(t, proxy.port), 'again'), 'again')
})

test('what was sent into a silence arrives after it, and not before', async (t) => {
  const { proxy, got } = await echo(t)
  const socket = await client(t, proxy.port)
  await proxy.become('silence')
  const answer = sends(socket, 'late')
  await wait(2 * DELAY_MS)
  assert.deepEqual(got, [])
  await proxy.become('pass')
  assert.equal(await answer, 'late')
})

test('what was sent on a lost connection never arrives, though more is sent; a new connection is a good one', async (t) => {
  const { proxy, sockets, got } = await echo(t)
  const socket = await client(t, proxy.port)
  socket.on('data', (chunk) => got.push(`came back: ${chunk}`))
  await proxy.become('lose')
  socket.write('lost')
  await proxy.become('pass')
  socket.write('lost, too')
  const other = await client(t, proxy.port)
  // All that is on its way in this process has come a hop further with each of these.
  for (const text of ['a', 'b', 'c']) assert.equal(await sends(other, text), text)
  const ended = closed(sockets[0] as Socket)
  socket.destroy()
  await proxy.close()
  await ended
  assert.deepEqual(got, ['a', 'b', 'c'])
})

test('half-open: the server is gone, and the client hears it only by a reset', async (t) => {
  const { proxy, sockets } = await echo(t)
  const socket = await client(t, proxy.port)
  await sends(socket, 'known')
  const heard: string[] = []
  for (const event of ['end', 'close', 'data']) socket.on(event, () => heard.push(event))
  const broken = once(socket, 'error')
  const gone = closed(sockets[0] as Socket)
  await proxy.become('half-open')
  await gone
  await proxy.become('pass')
  socket.write('into nothing')
  const other = await client(t, proxy.port)
  for (const text of ['a', 'b', 'c']) assert.equal(await sends(other, text), text)
  other.destroy()
  assert.deepEqual(heard, [])
  await proxy.become('reset')
  assert.equal((await broken)[0].code, 'ECONNRESET')
})
