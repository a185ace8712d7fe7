import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse, STATUS_CODES } from 'node:http'
import { corsHeaders } from './cors.ts'
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

type Plain = { status: number; detail: string; headers?: Record<string, string> }

const TOO_MUCH: Plain = {
  status: 503,
  detail: 'There is too much to do at the moment. Try again soon.',
  headers: { 'retry-after': '2' },
}
const NO_HOST: Plain = { status: 400, detail: 'The Host header is missing.', headers: { connection: 'close' } }
const EXPECTATION: Plain = { status: 417, detail: 'Nothing but 100-continue can be expected.' }

function refuse(
  request: IncomingMessage,
  response: ServerResponse,
  origins: readonly string[],
  { status, detail, headers }: Plain,
): void {
  const requestId = randomUUID()
  const body = JSON.stringify({ type: 'about:blank', title: STATUS_CODES[status], status, detail, requestId })
  response
    .writeHead(status, {
      ...corsHeaders(request.headers.origin, origins),
      'content-type': 'application/problem+json',
      'content-length': Buffer.byteLength(body),
      'cache-control': 'no-store',
      'x-request-id': requestId,
      ...headers,
    })
    .end(body)
}
