import type { Server } from 'node:http'
import type { FastifyHttpOptions } from 'fastify'
import fp from 'fastify-plugin'
import { logRequest } from '../observe/log.ts'
import { answerProblem } from './error-handler.ts'
import { HttpError, notFound } from './errors.ts'
import { headersWithoutHooks } from './headers.ts'
import { isOneOf } from './network.ts'

const MAX_BODY_BYTES = 64 * 1024
/** How long a client may take to send the headers of a request. */
const HEADERS_TIMEOUT_MS = 10_000
/** How long a client may take to send a whole request: the longest is a batch. */
const REQUEST_TIMEOUT_MS = 15 * 60_000
/** A connection that is silent for so long in the middle of a request or an answer is closed. */
const IDLE_TIMEOUT_MS = 60_000
const TIMEOUT_CHECK_INTERVAL_MS = 2_000

/** Fastify's options: limits on what a client may cost, and the answers to requests that reach no hook. */
export function serverOptions(origins: readonly string[], proxies: readonly string[]) {
  return {
    http: { headersTimeout: HEADERS_TIMEOUT_MS, connectionsCheckingInterval: TIMEOUT_CHECK_INTERVAL_MS },
    requestTimeout: REQUEST_TIMEOUT_MS,
    connectionTimeout: IDLE_TIMEOUT_MS,
    bodyLimit: MAX_BODY_BYTES,
    routerOptions: { ignoreTrailingSlash: true },
    trustProxy: isOneOf(proxies),
    // While closing, late requests are still served, then their connections closed (drain.ts).
    return503OnClosing: false,
    // For malformed URLs, which no hook sees.
    frameworkErrors(error, request, reply) {
      reply.headers(headersWithoutHooks(request, origins))
      answerProblem(reply, error, false)
      logRequest(request, reply)
    },
  } satisfies FastifyHttpOptions<Server>
}

/** Answers where no route matches: 405 with `Allow` on a known path, else 404. */
export const allowedMethods = fp(
  async (api) => {
    const paths = new Map<string, { pattern: RegExp; methods: Set<string> }>()
    api.addHook('onRoute', ({ url, method }) => {
      if (url === '*') return
      const path = paths.get(url) ?? { pattern: patternOf(url), methods: new Set() }
      for (const name of [method].flat()) path.methods.add(name)
      paths.set(url, path)
    })

    api.setNotFoundHandler((request) => {
      const pathname = request.url.replace(/\?.*/s, '')
      const matching = [...paths.values()].filter(({ pattern }) => pattern.test(pathname))
      const methods = new Set(matching.flatMap((path) => [...path.methods]))
      if (methods.size === 0) throw notFound()
      const allowed = [...methods, 'OPTIONS']
      const detail = `${request.method} is not allowed here. Use ${new Intl.ListFormat('en', { type: 'disjunction' }).format(allowed)}.`
      throw new HttpError('method-not-allowed', detail, { headers: { allow: allowed.join(', ') } })
    })
  },
  { name: 'allowedMethods' },
)

/** Matches the paths of a route. A `URLPattern` would resolve dot segments first; the router does not. */
function patternOf(url: string): RegExp {
  const segments = url.split('/').map((segment) => {
    if (segment.startsWith(':')) return '[^/]+'
    return segment === '*' ? '.*' : RegExp.escape(segment)
  })
  return new RegExp(`^${segments.join('/')}/?$`)
}
