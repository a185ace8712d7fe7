import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Registry } from '@prometheus-io/client'
import { notFound } from '../http/errors.ts'
import { isDirectNeighbour } from '../http/network.ts'

/**
 * What the service counts and measures, for Prometheus. Only for those who reach this port themselves from a private
 * network: to whoever comes from elsewhere or through a proxy there is nothing.
 */
export const metricsRoutes: FastifyPluginAsyncTypebox = async (api) => {
  const config = { operational: true }
  api.get('/metrics', { schema: { hide: true }, config }, async (request, reply) => {
    if (!isDirectNeighbour(request.raw)) throw notFound()
    return reply.type(Registry.PROMETHEUS_CONTENT_TYPE).send(await api.metrics.text())
  })
}
