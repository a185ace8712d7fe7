import { randomUUID } from 'node:crypto'
import { type FastifyReply, type FastifyRequest, type FastifyServerOptions, LogController } from 'fastify'
import pretty from 'pino-pretty'
import { withoutSecrets } from './redaction.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The route is asked every few seconds by machines: no line for each. */
    quiet?: boolean
  }
}

/** PostgreSQL repeats the values of a refused row in these. */
const QUOTING = ['err.detail', 'err.where', 'err.cause.detail', 'err.cause.where']

/**
 * The log: one structured line a request, with the id that the answer carries too. Paths are written
 * without their query, which may hold what is nobody's business.
 */
export function logging(level: string, format: 'pretty' | 'json') {
  return {
    logger: {
      level,
      redact: QUOTING,
      formatters: { log: (fields: Record<string, unknown>) => withoutSecrets(fields) },
      ...(format === 'pretty'
        ? {
            stream: pretty({
              ignore: 'pid,hostname,method,path,status',
              singleLine: true,
              translateTime: 'SYS:HH:MM:ss.l',
            }),
          }
        : {}),
    },
    logController: new OneLine({ requestIdLogLabel: 'requestId' }),
    genReqId: ({ headers }: { headers: { [name: string]: unknown } }) => requestId(headers['x-request-id']),
  } satisfies FastifyServerOptions
}

/** The caller's id where it is a plain token, so that a request can be followed across services. */
function requestId(given: unknown): string {
  return typeof given === 'string' && /^[\w-]{8,64}$/.test(given) ? given : randomUUID()
}

class OneLine extends LogController {
  override incomingRequest(): void {}

  override requestCompleted(error: Error | null, request: FastifyRequest, reply: FastifyReply): void {
    logRequest(request, reply, error)
  }
}

/** Writes the line of an answered request, unless its route is `quiet`. */
export function logRequest(request: FastifyRequest, reply: FastifyReply, error: Error | null = null): void {
  // Made anew each time it is read.
  const { url: route, config } = request.routeOptions
  if (config.quiet) return
  const path = request.url.replace(/\?.*/s, '')
  const line = {
    method: request.method,
    route,
    path,
    status: reply.statusCode,
    ms: Math.round(reply.elapsedTime * 10) / 10,
    accountId: request.account?.id,
    ...(error ? { err: error } : {}),
  }
  request.log.info(line, `${request.method} ${path} ${reply.statusCode}`)
}
