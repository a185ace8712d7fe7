import fp from 'fastify-plugin'

/** In seconds: a quick answer takes a millisecond, a deadline of the database ten seconds. */
const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

/** How many requests were answered by which route, how, and how long it took. */
export const httpMetrics = fp(
  async (api) => {
    const durations = api.metrics.histogram(
      'jotc_http_request_duration_seconds',
      'Requests by route and status, and how long they took. A path that no route has is “none”.',
      BUCKETS,
      ['method', 'route', 'status'],
    )
    api.addHook('onResponse', ({ method, routeOptions }, reply, done) => {
      const labels = { method, route: routeOptions.url ?? 'none', status: reply.statusCode }
      if (!api.warmth.isWarming) durations.observe(labels, reply.elapsedTime / 1000)
      done()
    })
  },
  { name: 'httpMetrics', dependencies: ['metrics', 'warmth'] },
)
