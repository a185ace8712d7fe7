import { BlockList, isIP, isIPv4 } from 'node:net'
import type { FastifyRequest } from 'fastify'
import ipaddr from 'ipaddr.js'

/**
 * What counts as one client: an IPv4 address (also one written as IPv6), or the /64 of an IPv6 address, since whoever
 * has one address of it has them all. Where a proxy has passed on something else than an address, the proxy is the client.
 */
export function clientNetwork({ ip, socket }: Pick<FastifyRequest, 'ip'> & { socket: Peer }): string {
  const address = addressOf(ip) ?? addressOf(socket.remoteAddress)
  // The client has left.
  if (address === undefined) return 'unknown'
  if (isIPv4(address)) return address
  const parsed = ipaddr.process(address)
  return parsed.kind() === 'ipv4' ? parsed.toString() : `${parsed.toByteArray().slice(0, 8).join('.')}/64`
}

type Peer = { remoteAddress?: string | undefined }

/** Tells whether a peer is one of these addresses and networks (`10.0.0.0/8`). */
export function isOneOf(networks: readonly string[]): (peer: string) => boolean {
  const list = new BlockList()
  for (const network of networks) {
    const [address = '', bits] = network.split('/')
    const family = isIPv4(address) ? 'ipv4' : 'ipv6'
    list.addSubnet(address, Number(bits ?? (family === 'ipv4' ? 32 : 128)), family)
  }
  return (peer) => {
    const address = addressOf(peer)
    return address !== undefined && list.check(address, isIPv4(address) ? 'ipv4' : 'ipv6')
  }
}

/** The address in what a proxy writes of a client: `192.0.2.1`, `192.0.2.1:5678`, `2001:db8::1`, `[2001:db8::1]:443`. */
function addressOf(text = ''): string | undefined {
  const address = /^\[(.*)\](?::\d+)?$/.exec(text)?.[1] ?? /^([\d.]+):\d+$/.exec(text)?.[1] ?? text
  return isIP(address) === 0 ? undefined : address
}

const PRIVATE = new Set(['loopback', 'private', 'uniqueLocal', 'linkLocal', 'carrierGradeNat'])

/** Whether the request comes straight from a private network: no proxy has passed it on. */
export function isDirectNeighbour({ headers, socket }: { headers: FastifyRequest['headers']; socket: Peer }): boolean {
  if (headers['x-forwarded-for'] !== undefined || headers.forwarded !== undefined) return false
  const address = addressOf(socket.remoteAddress)
  return address !== undefined && PRIVATE.has(ipaddr.process(address).range())
}
