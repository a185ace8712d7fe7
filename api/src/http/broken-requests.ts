import { randomUUID } from 'node:crypto'
import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import type { ConnectionError, FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { logRequest } from '../observe/log.ts'
import { corsHeaders } from './cors.ts'
import { isLongUpload } from './long-uploads.ts'
import { answerProblem } from './problems.ts'

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
      const status = STATUSES[error.code] ?? 400
      const title = STATUS_CODES[status]
      const body = JSON.stringify({ type: 'about:blank', title, status, requestId: randomUUID() })
      socket.end(
        `HTTP/1.1 ${status} ${title}\r\nContent-Type: application/problem+json\r\n` +
          `Content-Length: ${Buffer.byteLength(body)}\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n${body}`,
      )
    },
  }
}

const STATUSES: Record<string, number> = { HPE_HEADER_OVERFLOW: 431, ERR_HTTP_REQUEST_TIMEOUT: 408 }
