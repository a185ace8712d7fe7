import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Health } from '@jotc/core/api/health'
import { Registry } from '@prometheus-io/client'
import type { FastifyReply, FastifyRequest } from 'fastify'
import sql from 'sql-template-tag'
import { notFound, overloaded } from '../http/errors.ts'
import { isDirectNeighbour } from '../http/network.ts'
import { within } from '../within.ts'

/** Orchestrators probe every few seconds; a later answer is as bad as none. */
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

type Built = { version: string; commit: string }

/** Health and metrics, for operators. `/metrics` only answers direct requests from a private network. */
export const opsRoutes: FastifyPluginAsyncTypebox<Built> = async (api, { version, commit }) => {
  const config = { operational: true }
  api.get('/health/live', { schema: Live, config }, async function live() {
    return { status: 'ok' as const, version, commit }
  })
  api.get('/health/ready', { schema: Ready, config }, ready)
  api.get('/metrics', { schema: { hide: true }, config }, metrics)

  async function ready(request: FastifyRequest, reply: FastifyReply) {
    if (api.drain.isStopping || !(await reachesDatabase(request))) {
      return reply.code(503).send({ status: 'unavailable', version, commit })
    }
    const isDegraded = api.redis.state === 'gone' || api.replica?.isUp === false
    return { status: isDegraded ? 'degraded' : 'ok', version, commit } as const
  }

  async function reachesDatabase({ log }: FastifyRequest): Promise<boolean> {
    // The table must exist: before the first migration nothing can be served.
    return await within(READY_TIMEOUT_MS, api.database.query(sql`select exists (select from submissions)`)).then(
      () => true,
      (error: Error) => {
        log.warn({ err: error }, 'not ready')
        return false
      },
    )
  }

  async function metrics(request: FastifyRequest, reply: FastifyReply) {
    if (!isDirectNeighbour(request.raw)) throw notFound()
    const text = await api.metrics.text().catch((cause) => {
      throw overloaded(cause)
    })
    return reply.type(Registry.PROMETHEUS_CONTENT_TYPE).send(text)
  }
}
