import fp from 'fastify-plugin'

/** Answers are data: no page of ours is made of them, so a browser that shows one may load and frame nothing. */
const SECURITY = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
}

/**
 * What every answer carries: the request's id, what keeps browsers from doing anything with it but read it, and no
 * storing in caches, since almost all of it is private. A route of public files sets its own `Cache-Control`.
 */
export const answerHeaders = fp(
  async (api) => {
    api.addHook('onRequest', (request, reply, done) => {
      reply.headers({ ...SECURITY, 'x-request-id': request.id, 'cache-control': 'no-store' })
      done()
    })
  },
  { name: 'answerHeaders' },
)
