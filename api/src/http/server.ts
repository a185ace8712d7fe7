import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http'
import type { ProblemType } from '@jotc/core/api/problem'
import { corsHeaders } from './cors.ts'
import { problemBody } from './error-handler.ts'
import type { Pressure } from './pressure.ts'

/** How long a client may take to send its headers, and one request, in milliseconds. */
const HEADERS_WITHIN = 10_000
const REQUEST_WITHIN = 30_000
const LOOK_EVERY = 2_000
/** How long a connection is kept between two requests: longer than proxies keep theirs, so that they end it. */
const KEPT_FOR = 72_000
const MOST_HEADERS = 100
const MOST_CONNECTIONS = 10_000

/** Asked by operators just when there is too much to do; and a page that may not ask first never gets to see the 503. */
const ALWAYS = /^\/(?:health\/|metrics$)/

/**
 * The HTTP server, with limits to what a client may cost, as an option of Fastify.
 *
 * What is too much at the moment (pressure.ts) is answered here, by 503 with `Retry-After`, before anything else is
 * done with it: a refusal that costs as much as an answer helps nobody.
 */
export function limitedServer(pressure: Pressure, origins: readonly string[]) {
  return {
    serverFactory(handle: RequestListener) {
      const server = createServer(
        {
          headersTimeout: HEADERS_WITHIN,
          requestTimeout: REQUEST_WITHIN,
          keepAliveTimeout: KEPT_FOR,
          connectionsCheckingInterval: LOOK_EVERY,
          // Node itself would refuse without a body.
          requireHostHeader: false,
        },
        (request, response) => {
          if (!isAlways(request) && pressure.tooMuch()) refuse(request, response, origins, TOO_MUCH)
          else if (request.httpVersion === '1.1' && request.headers.host === undefined) {
            refuse(request, response, origins, NO_HOST)
          } else handle(request, response)
        },
      )
      server.on('checkExpectation', (request, response) => refuse(request, response, origins, EXPECTATION))
      server.maxHeadersCount = MOST_HEADERS
      server.maxConnections = MOST_CONNECTIONS
      return server
    },
  }
}

function isAlways({ method, url = '' }: IncomingMessage): boolean {
  return method === 'OPTIONS' || ALWAYS.test(url)
}

type Plain = { type: ProblemType; detail: string; headers?: Record<string, string> }

const TOO_MUCH: Plain = {
  type: 'overloaded',
  detail: 'The service is busy. Try again in a few seconds.',
  headers: { 'retry-after': '2' },
}
const NO_HOST: Plain = {
  type: 'malformed-request',
  detail: 'The Host header is missing.',
  headers: { connection: 'close' },
}
const EXPECTATION: Plain = { type: 'expectation-failed', detail: 'The only supported Expect value is 100-continue.' }

function refuse(
  request: IncomingMessage,
  response: ServerResponse,
  origins: readonly string[],
  { type, detail, headers }: Plain,
): void {
  const requestId = randomUUID()
  const problem = problemBody(type, requestId)
  const body = JSON.stringify({ ...problem, detail })
  response
    .writeHead(problem.status, {
      ...corsHeaders(request.headers.origin, origins),
      'content-type': 'application/problem+json',
      'content-length': Buffer.byteLength(body),
      'cache-control': 'no-store',
      'x-request-id': requestId,
      ...headers,
    })
    .end(body)
}
