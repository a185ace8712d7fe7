import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { type TestContext, test } from 'node:test'
import { startProxy } from './proxy.ts'

/** A server that sends back what it gets, behind a proxy. */
async function echo(t: TestContext) {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {}).pipe(socket)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const proxy = await startProxy((server.address() as AddressInfo).port)
  t.after(async () => {
    await proxy.close()
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return proxy
}

async function client(t: TestContext, port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1')
  t.after(() => void socket.destroy())
  await once(socket, 'connect')
  return socket
}

/** What comes back. */
async function sends(socket: Socket, text: string): Promise<string> {
  socket.write(text)
  return String((await once(socket, 'data'))[0])
}

test('a good network passes all; a slow one only delays it', async (t) => {
  const proxy = await echo(t)
  const socket = await client(t, proxy.port)
  assert.equal(await sends(socket, 'one'), 'one')
  await proxy.become('slow')
  assert.equal(await sends(socket, 'two'), 'two')
})

test('a reset meets open connections and new ones', async (t) => {
  const proxy = await echo(t)
  const socket = await client(t, proxy.port)
  const broken = once(socket, 'error')
  await proxy.become('reset')
  assert.equal((await broken)[0].code, 'ECONNRESET')
  const next = client(t, proxy.port).then((socket) => once(socket, 'data'))
  await assert.rejects(next, { code: 'ECONNRESET' })
})

test('who is refused can connect again when the network is good again', async (t) => {
  const proxy = await echo(t)
  await proxy.become('refuse')
  await assert.rejects(client(t, proxy.port), { code: 'ECONNREFUSED' })
  await proxy.become('pass')
  assert.equal(await sends(await client(t, proxy.port), 'again'), 'again')
})

test('what was sent into a silence arrives after it', async (t) => {
  const proxy = await echo(t)
  const socket = await client(t, proxy.port)
  await proxy.become('silence')
  const answer = sends(socket, 'late')
  await proxy.become('pass')
  assert.equal(await answer, 'late')
})

test('what was sent on a lost connection never arrives; a new connection is a good one', async (t) => {
  const proxy = await echo(t)
  const socket = await client(t, proxy.port)
  let heard = ''
  socket.on('data', (chunk) => {
    heard += chunk
  })
  await proxy.become('lose')
  socket.write('lost')
  await proxy.become('pass')
  assert.equal(await sends(await client(t, proxy.port), 'new'), 'new')
  assert.equal(heard, '')
})

test('half-open: the server is gone, and the client does not hear of it', async (t) => {
  const proxy = await echo(t)
  const socket = await client(t, proxy.port)
  let isClosed = false
  socket.once('close', () => {
    isClosed = true
  })
  await proxy.become('half-open')
  await proxy.become('pass')
  assert.equal(await sends(await client(t, proxy.port), 'new'), 'new')
  assert.equal(isClosed, false)
})
