import fp from 'fastify-plugin'

/**
 * What every answer carries: the request's id, no guessing of types, and no storing in caches, since
 * almost all of it is private. A route of public files sets its own `Cache-Control`.
 */
export const answerHeaders = fp(
  async (api) => {
    api.addHook('onRequest', (request, reply, done) => {
      reply.headers({
        'x-request-id': request.id,
        'x-content-type-options': 'nosniff',
        'cache-control': 'no-store',
      })
      done()
    })
  },
  { name: 'answerHeaders' },
)
