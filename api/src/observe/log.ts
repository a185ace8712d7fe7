import { randomUUID } from 'node:crypto'
import {
  type FastifyBaseLogger,
  type FastifyReply,
  type FastifyRequest,
  type FastifyServerOptions,
  LogController,
} from 'fastify'
import fp from 'fastify-plugin'
import type { DestinationStream } from 'pino'
import { loggerOptions } from './log-output.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Probed by machines every few seconds: not logged, and never shed. */
    operational?: boolean
  }
}

/** Fastify's options for the log: one line a request, with the id that the answer carries too. */
export function logging(level: string, stream: DestinationStream) {
  return {
    logger: { ...loggerOptions(level), stream },
    logController: new OneLinePerRequest({ requestIdLogLabel: 'requestId' }),
    genReqId: ({ headers }: { headers: { [name: string]: unknown } }) => requestId(headers['x-request-id']),
  } satisfies FastifyServerOptions
}

/**
 * Adds the caller's trace to every line of a request; with `client` also its address, as trusted proxies report it.
 * Addresses are personal data, so that is off by default.
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

/** The caller's id if it is a plain token, so that a request can be followed across services. */
function requestId(given: unknown): string {
  return typeof given === 'string' && /^[\w-]{8,64}$/.test(given) ? given : randomUUID()
}

/** Reads a header of W3C Trace Context. */
function traceOf(traceparent: unknown): { traceId?: string; parentId?: string } {
  if (typeof traceparent !== 'string') return {}
  const [, traceId, parentId] =
    /^00-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-[0-9a-f]{2}$/.exec(traceparent) ?? []
  return traceId !== undefined && parentId !== undefined ? { traceId, parentId } : {}
}

class OneLinePerRequest extends LogController {
  override incomingRequest(): void {}

  override requestCompleted(error: Error | null, request: FastifyRequest, reply: FastifyReply): void {
    logRequest(request, reply, error)
  }

  /** The answer has begun, so the client only sees it break off. */
  override streamError(error: Error & { code?: string }, request: FastifyRequest): void {
    if (error.code === 'ERR_STREAM_PREMATURE_CLOSE') request.log.info('client disconnected early')
    else request.server.reportError(error, whereOf(request), request.log)
  }

  /** The error handler gets it too, and reports it. */
  override serializerError(): void {}
}

/** Logs an answered request, unless its route is `operational`. */
export function logRequest(request: FastifyRequest, reply: FastifyReply, error: Error | null = null): void {
  if (request.routeOptions.config.operational) return
  const where = whereOf(request)
  const line = {
    ...where,
    status: reply.statusCode,
    ms: Math.round(reply.elapsedTime * 10) / 10,
    ...(error && { err: error }),
  }
  request.log.info(line, `${where.method} ${where.path} ${reply.statusCode}`)
}

/** The request and its account, for a line of the log. The query is left out: it may be personal. */
export function whereOf(request: FastifyRequest) {
  const { method, url, routeOptions, account } = request
  return { method, route: routeOptions.url, path: url.replace(/\?.*/s, ''), accountId: account?.id }
}

/** Logs what an account did, and to whom, by ids only. */
export function audit(
  log: FastifyBaseLogger,
  what: string,
  fields: { by: string; whom: string; [more: string]: unknown },
) {
  log.info({ audit: what, ...fields }, `audit: ${what}`)
}
