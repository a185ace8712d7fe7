import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Health } from '@jotc/core/api/health'
import sql from 'sql-template-tag'
import { within } from '../within.ts'

/** An orchestrator asks every few seconds; an answer later than this is as bad as none. */
const READY_TIMEOUT_MS = 1_000

const Live = {
  operationId: 'checkLiveness',
  tags: ['Health'],
  summary: 'Liveness',
  response: { 200: Health },
}
const Ready = {
  operationId: 'checkReadiness',
  tags: ['Health'],
  summary: 'Readiness, including the database',
  response: { 200: Health, 503: Health },
}

/** What is running. */
type Built = { version: string; commit: string }

export const healthRoutes: FastifyPluginAsyncTypebox<Built> = async (api, { version, commit }) => {
  const config = { operational: true }

  api.get('/health/live', { schema: Live, config }, async () => ({ status: 'ok' as const, version, commit }))

  api.get('/health/ready', { schema: Ready, config }, async (request, reply) => {
    if (api.drain.isStopping) return reply.code(503).send({ status: 'unavailable', version, commit })
    // The schema, too, must be there: before the first migration nothing can be served.
    const ready = await within(READY_TIMEOUT_MS, api.database.query(sql`select exists (select from submissions)`)).then(
      () => true,
      (error: Error) => {
        request.log.warn({ err: error }, 'not ready')
        return false
      },
    )
    if (!ready) return reply.code(503).send({ status: 'unavailable', version, commit })
    return { status: api.redis.state === 'gone' ? 'degraded' : 'ok', version, commit } as const
  })
}
