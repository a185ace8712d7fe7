import type { Socket } from 'node:net'
import type { FastifyRequest } from 'fastify'

const uploading = new WeakSet<Socket>()

/** Lets a request take longer to arrive than the server's limit for all; its route sets a limit of its own. */
export function allowLongUpload({ raw }: FastifyRequest): void {
  const { socket } = raw
  uploading.add(socket)
  raw.once('close', () => uploading.delete(socket))
}

export function isLongUpload(socket: Socket): boolean {
  return uploading.has(socket)
}
