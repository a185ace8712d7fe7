import { randomUUID } from 'node:crypto'
import type { Socket } from 'node:net'
import type { ProblemType } from '@jotc/core/api/problem'
import type { ConnectionError, FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { logRequest } from '../observe/log.ts'
import { corsHeaders } from './cors.ts'
import { answerProblem, problemBody } from './error-handler.ts'
import { isLongUpload } from './long-uploads.ts'

/**
 * Requests so broken that they reach no route and no hook, as options of Fastify: a malformed URL, and
 * bytes that are no HTTP. They are answered by problems as all others.
 */
export function brokenRequests(origins: readonly string[]) {
  return {
    frameworkErrors(error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
      reply.headers({ ...corsHeaders(request.headers.origin, origins), 'x-request-id': request.id })
      answerProblem(reply, error, false)
      logRequest(request, reply)
    },

    clientErrorHandler(error: ConnectionError, socket: Socket): void {
      if (error.code === 'ECONNRESET' || !socket.writable) return
      if (error.code === 'ERR_HTTP_REQUEST_TIMEOUT' && isLongUpload(socket)) return
      const problem = problemBody(TYPES[error.code] ?? 'malformed-request', randomUUID())
      const body = JSON.stringify(problem)
      socket.end(
        `HTTP/1.1 ${problem.status} ${problem.title}\r\nContent-Type: application/problem+json\r\n` +
          `Content-Length: ${Buffer.byteLength(body)}\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n${body}`,
      )
    },
  }
}

const TYPES: Record<string, ProblemType> = {
  HPE_HEADER_OVERFLOW: 'headers-too-large',
  ERR_HTTP_REQUEST_TIMEOUT: 'request-timeout',
}
