import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'

/**
 * What a network does to what is sent over it.
 * - `pass`: nothing
 * - `refuse`: nobody listens; connections that are open are cut
 * - `reset`: every connection is answered by a reset, open ones too
 * - `silence`: nothing arrives any more, in either direction; it is delivered when the silence ends, as by TCP
 * - `lose`: nothing arrives, now or ever, on connections that are open or opened meanwhile: as behind a host that is gone
 * - `slow`: every piece is late
 * - `half-open`: the server's side ends, and the client hears nothing of it
 */
export type NetworkCondition = 'pass' | 'refuse' | 'reset' | 'silence' | 'lose' | 'slow' | 'half-open'

export type TcpProxy = Awaited<ReturnType<typeof startProxy>>

/** Of each piece, where everything is slow, in milliseconds. */
export const DELAY_MS = 100

/** A TCP proxy on 127.0.0.1 whose network can be made to fail; connections go to `port`. */
export async function startProxy(port: number) {
  let condition: NetworkCondition = 'pass'
  let target = port
  let changed = Promise.withResolvers<void>()
  const links = new Set<Link>()

  const server = createServer({ allowHalfOpen: true }, (client) => {
    client.on('error', () => {})
    if (condition === 'reset') return void reset(client)
    const upstream = connect({ port: target, host: '127.0.0.1', allowHalfOpen: true })
    const link: Link = { client, upstream, lost: condition === 'lose' }
    upstream.on('error', () => reset(client))
    links.add(link)
    void carry(link, client, upstream)
    void carry(link, upstream, client)
    client.once('close', () => {
      links.delete(link)
      upstream.destroy()
    })
  })

  async function carry(link: Link, from: Socket, to: Socket): Promise<void> {
    try {
      for await (const chunk of from) {
        if (condition === 'slow') await wait(DELAY_MS)
        if (condition === 'silence' || condition === 'half-open') await changed.promise
        if (!link.lost && !to.destroyed && !to.write(chunk)) await once(to, 'drain')
      }
      if (!link.lost) to.end()
    } catch {
      if (!link.lost) to.destroy()
    }
  }

  async function listen(at: number): Promise<number> {
    server.listen(at, '127.0.0.1')
    await once(server, 'listening')
    return (server.address() as AddressInfo).port
  }

  const own = await listen(0)
  return {
    port: own,
    async become(next: NetworkCondition) {
      const before = condition
      condition = next
      if (before === 'refuse' && next !== 'refuse') await listen(own)
      if (next === 'refuse') server.close()
      for (const link of links) change(link, next)
      changed.resolve()
      changed = Promise.withResolvers()
    },
    /** Leads to another port from now on, and resets what is open. */
    leadTo(port: number) {
      target = port
      for (const { client } of links) reset(client)
    },
    async close() {
      server.close()
      for (const { client, upstream } of links) for (const socket of [client, upstream]) socket.destroy()
    },
  }
}

type Link = { client: Socket; upstream: Socket; lost: boolean }

function change(link: Link, condition: NetworkCondition): void {
  if (condition === 'reset' || condition === 'refuse') reset(link.client)
  if (condition === 'lose') link.lost = true
  if (condition === 'half-open') {
    link.lost = true
    link.upstream.destroy()
  }
}

/** A socket on which an end was sent cannot be reset: Node would keep its handle for ever. */
function reset(socket: Socket): void {
  if (socket.writableEnded) socket.destroy()
  else socket.resetAndDestroy()
}
