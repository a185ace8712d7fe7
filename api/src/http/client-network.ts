import type { IncomingMessage } from 'node:http'
import { isIPv4 } from 'node:net'
import ipaddr from 'ipaddr.js'

/**
 * What counts as one client: an IPv4 address (also one written as IPv6), or the /64 of an IPv6 address, since whoever
 * has one address of it has them all.
 */
export function networkOf(ip: string): string {
  if (isIPv4(ip)) return ip
  const address = ipaddr.process(ip)
  return address.kind() === 'ipv4' ? address.toString() : `${address.toByteArray().slice(0, 8).join('.')}/64`
}

const PRIVATE = new Set(['loopback', 'private', 'uniqueLocal', 'linkLocal', 'carrierGradeNat'])

/** Whether the request comes straight from a private network: no proxy has passed it on. */
export function isDirectNeighbour({ socket, headers }: IncomingMessage): boolean {
  if (headers['x-forwarded-for'] !== undefined || headers.forwarded !== undefined) return false
  return PRIVATE.has(ipaddr.process(socket.remoteAddress ?? '').range())
}
