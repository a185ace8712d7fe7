import { BlockList, isIP, isIPv4 } from 'node:net'
import type { FastifyRequest } from 'fastify'
import ipaddr from 'ipaddr.js'

/**
 * What counts as one client: an IPv4 address (also in IPv6 notation), or the /64 of an IPv6 address, because one
 * subscriber owns all of it. If a proxy forwarded something that is no address, the proxy is the client.
 */
export function clientNetwork({ ip, socket }: Pick<FastifyRequest, 'ip'> & { socket: Peer }): string {
  const address = addressOf(ip) ?? addressOf(socket.remoteAddress)
  // The client has disconnected.
  if (address === undefined) return 'unknown'
  if (isIPv4(address)) return address
  const parsed = ipaddr.process(address)
  return parsed.kind() === 'ipv4' ? parsed.toString() : `${parsed.toByteArray().slice(0, 8).join('.')}/64`
}

type Peer = { remoteAddress?: string | undefined }

/** @returns a function that tells whether a peer is in one of these networks (`10.0.0.0/8`) or addresses */
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

/** The address in a proxy's notation: `192.0.2.1`, `192.0.2.1:5678`, `2001:db8::1`, `[2001:db8::1]:443`. */
function addressOf(text = ''): string | undefined {
  const address = /^\[(.*)\](?::\d+)?$/.exec(text)?.[1] ?? /^([\d.]+):\d+$/.exec(text)?.[1] ?? text
  return isIP(address) === 0 ? undefined : address
}

const PRIVATE = new Set(['loopback', 'private', 'uniqueLocal', 'linkLocal', 'carrierGradeNat'])

/** Whether the request comes directly from a private network, without a proxy. */
export function isDirectNeighbour({ headers, socket }: { headers: FastifyRequest['headers']; socket: Peer }): boolean {
  if (headers['x-forwarded-for'] !== undefined || headers.forwarded !== undefined) return false
  const address = addressOf(socket.remoteAddress)
  return address !== undefined && PRIVATE.has(ipaddr.process(address).range())
}
