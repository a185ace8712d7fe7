import fp from 'fastify-plugin'
import type { Pressure } from './pressure.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The answer lasts as long as the client likes: it does not count as work that waits. */
    lasting?: boolean
  }
}

/** Counts what waits for an answer, so that the server knows when it is too much (server.ts), and tells operators. */
export const overload = fp<{ pressure: Pressure }>(
  async (api, { pressure }) => {
    api.addHook('onRequest', (request, reply, done) => {
      if (!request.routeOptions.config.lasting) reply.raw.once('close', pressure.begin())
      done()
    })

    const help = 'Requests that have begun and are not answered.'
    api.metrics.gauge('jotc_http_requests_in_flight', help, () => pressure.atOnce)
    api.metrics.counts(
      'jotc_refused_early_total',
      'Requests refused for too much to do.',
      'why',
      () => pressure.refused,
    )
    pressure.onRefused((count) => {
      const { atOnce, most, lateness } = pressure
      api.log.warn({ refused: count, atOnce, most, lateness: Math.round(lateness) }, 'too much to do: refused')
    })
    api.addHook('onClose', async () => pressure.stop())
  },
  { name: 'overload', dependencies: ['metrics'] },
)
