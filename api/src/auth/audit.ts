import type { FastifyRequest } from 'fastify'

/** Leaves a line in the log: who did what to whom, by the ids of their accounts. */
export function audit(request: FastifyRequest, did: string, whom: string, more: Record<string, unknown> = {}): void {
  request.log.info({ audit: did, by: request.account.id, whom, ...more }, `audit: ${did}`)
}
