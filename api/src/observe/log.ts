import { randomUUID } from 'node:crypto'
import { type FastifyReply, type FastifyRequest, type FastifyServerOptions, LogController } from 'fastify'
import fp from 'fastify-plugin'
import type { DestinationStream } from 'pino'
import { loggerOptions } from './log-output.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Asked every few seconds by operators' machines: no line of the log for each, and never shed. */
    operational?: boolean
  }
}

/**
 * The log: one structured line a request, with the id that the answer carries too, and the trace of the caller where
 * it has one. Paths are written without their query, which may hold what is nobody's business.
 */
export function logging(level: string, stream: DestinationStream) {
  return {
    logger: { ...loggerOptions(level), stream },
    logController: new OneLine({ requestIdLogLabel: 'requestId' }),
    genReqId: ({ headers }: { headers: { [name: string]: unknown } }) => requestId(headers['x-request-id']),
  } satisfies FastifyServerOptions
}

/**
 * Every line of a request names the trace that it belongs to, where the caller has one; and with `client` from which
 * address it came, by what trusted proxies say: personal data, off unless asked for.
 */
export const requestLog = fp<{ client: boolean }>(
  async (api, { client }) => {
    api.addHook('onRequest', (request, _reply, done) => {
      const { traceparent } = request.headers
      if (client || traceparent !== undefined) {
        request.log = request.log.child({ ...(client && { client: request.ip }), ...traceOf(traceparent) })
      }
      done()
    })
  },
  { name: 'requestLog' },
)

/** The caller's id where it is a plain token, so that a request can be followed across services. */
function requestId(given: unknown): string {
  return typeof given === 'string' && /^[\w-]{8,64}$/.test(given) ? given : randomUUID()
}

/** What the header of W3C Trace Context says. */
function traceOf(traceparent: unknown): { traceId?: string; parentId?: string } {
  if (typeof traceparent !== 'string') return {}
  const [, traceId, parentId] =
    /^00-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-[0-9a-f]{2}$/.exec(traceparent) ?? []
  return traceId !== undefined && parentId !== undefined ? { traceId, parentId } : {}
}

class OneLine extends LogController {
  override incomingRequest(): void {}

  override requestCompleted(error: Error | null, request: FastifyRequest, reply: FastifyReply): void {
    logRequest(request, reply, error)
  }

  /** The answer has begun, so that nobody can be told but by its breaking off. */
  override streamError(error: Error & { code?: string }, request: FastifyRequest): void {
    if (error.code === 'ERR_STREAM_PREMATURE_CLOSE') request.log.info('client disconnected early')
    else request.server.reportError(error, whereOf(request), request.log)
  }

  /** It reaches the error handler as well, which reports it. */
  override serializerError(): void {}
}

/** Writes the line of an answered request, unless its route is `operational`. */
export function logRequest(request: FastifyRequest, reply: FastifyReply, error: Error | null = null): void {
  // Made anew each time it is read.
  if (request.routeOptions.config.operational) return
  const { method, path, ...where } = whereOf(request)
  const line = {
    ...{ method, path, ...where },
    status: reply.statusCode,
    ms: Math.round(reply.elapsedTime * 10) / 10,
    ...(error ? { err: error } : {}),
  }
  request.log.info(line, `${method} ${path} ${reply.statusCode}`)
}

/** Which request it was, and whose. */
export function whereOf(request: FastifyRequest) {
  const { method, url, routeOptions, account } = request
  return { method, route: routeOptions.url, path: url.replace(/\?.*/s, ''), accountId: account?.id }
}
