import cors from '@fastify/cors'
import type { FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'

/** Answers are data: a browser that displays one must not load or frame anything. */
const SECURITY = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
}

const EXPOSED = [
  'Content-Disposition',
  'Location',
  'Retry-After',
  'X-Batch-Format',
  'X-Request-Id',
  'X-Total-Count',
  'X-Total-Is-Exact',
]

/**
 * Headers of every answer: the request id, security headers, and `no-store`, because almost all answers are private (a
 * route of public files sets its own `Cache-Control`). And CORS for the pages of `origins`. Preflights are answered
 * before authentication, and on unknown paths too, so that the page sees the real answer.
 */
export const headers = fp<{ origins: readonly string[] }>(
  async (api, { origins }) => {
    api.addHook('onRequest', ({ id }, reply, done) => {
      reply.headers(ofEveryAnswer(id))
      done()
    })
    await api.register(cors, {
      origin: [...origins],
      methods: ['GET', 'HEAD', 'POST', 'PATCH', 'DELETE'],
      allowedHeaders: ['Authorization', 'Content-Type', 'Idempotency-Key', 'Last-Event-ID', 'X-Request-Id'],
      exposedHeaders: EXPOSED,
      maxAge: 600,
      strictPreflight: false,
    })
  },
  { name: 'headers' },
)

function ofEveryAnswer(id: string): Record<string, string> {
  return { ...SECURITY, 'x-request-id': id, 'cache-control': 'no-store' }
}

/** The same headers, for answers that no hook sees (server.ts). */
export function headersWithoutHooks({ id, headers: { origin } }: FastifyRequest, origins: readonly string[]) {
  const own = { ...ofEveryAnswer(id), vary: 'Origin' }
  if (origin === undefined || !origins.includes(origin)) return own
  return { ...own, 'access-control-allow-origin': origin, 'access-control-expose-headers': EXPOSED.join(', ') }
}
