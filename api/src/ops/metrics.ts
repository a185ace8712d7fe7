import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Registry } from '@prometheus-io/client'
import { isDirectNeighbour } from '../http/client-network.ts'
import { notFound } from '../http/errors.ts'

/**
 * What the service counts and measures, for Prometheus. Only for those who reach this port themselves from a private
 * network: to whoever comes from elsewhere or through a proxy there is nothing.
 */
export const metricsRoutes: FastifyPluginAsyncTypebox = async (api) => {
  const config = { quiet: true }
  api.get('/metrics', { schema: { hide: true }, config }, async (request, reply) => {
    if (!isDirectNeighbour(request.raw)) throw notFound()
    return reply.type(Registry.PROMETHEUS_CONTENT_TYPE).send(await api.metrics.text())
  })
}
