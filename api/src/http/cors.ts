import cors from '@fastify/cors'
import fp from 'fastify-plugin'

const EXPOSED = ['Content-Disposition', 'Retry-After', 'X-Request-Id', 'X-Total-Count', 'X-Total-Is-Exact']

/**
 * Lets the pages of `origins` call the service. The preflight is answered before anybody is asked who
 * they are, also on paths that do not exist, so that the page gets to see the real answer.
 */
export const crossOrigin = fp<{ origins: readonly string[] }>(
  async (api, { origins }) => {
    await api.register(cors, {
      origin: [...origins],
      methods: ['GET', 'HEAD', 'POST', 'PATCH', 'DELETE'],
      allowedHeaders: ['Authorization', 'Content-Type', 'Idempotency-Key', 'Last-Event-ID', 'X-Request-Id'],
      exposedHeaders: EXPOSED,
      maxAge: 600,
      strictPreflight: false,
    })
  },
  { name: 'crossOrigin' },
)

/** The same headers for answers that no hook sees (see broken-requests.ts and server.ts). */
export function corsHeaders(origin: string | undefined, origins: readonly string[]): Record<string, string> {
  if (origin === undefined || !origins.includes(origin)) return { vary: 'Origin' }
  return {
    vary: 'Origin',
    'access-control-allow-origin': origin,
    'access-control-expose-headers': EXPOSED.join(', '),
  }
}
