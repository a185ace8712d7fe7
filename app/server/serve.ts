/**
 * The web server of `npm start`: the built app with its configuration, and the API under a path of the same address,
 * so that the page's session can be a cookie. In containers Caddy takes its place.
 *
 * Promises: what the build hashed is cached for a year, everything else is asked for anew; the address of a
 * page answers 200, any other one that a person opens 404 with the same page, in the language of the request
 * (language.ts); a missing file is a 404 without one. SIGTERM, SIGINT or a parent that went away end it at once
 * with exit code 0.
 */
import { pathToFileURL } from 'node:url'
import httpProxy, { type FastifyHttpProxyOptions } from '@fastify/http-proxy'
import fastifyStatic from '@fastify/static'
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { PATHS } from '../src/ui/page/paths.ts'
import { apiServer, type Config, pageConfig, readConfig } from './config.ts'
import { languageFor, pageOf, VARIES_BY } from './language.ts'

/** A 304 or a 206 cannot be a 404 as well: that page is sent whole, whatever a browser has of it. */
const CONDITIONS = ['if-match', 'if-none-match', 'if-modified-since', 'if-unmodified-since', 'if-range', 'range']
const YEAR = 'public, max-age=31536000, immutable'

export async function appServer(config: Config, root = new URL('../dist/', import.meta.url)): Promise<FastifyInstance> {
  // A proxy on this machine may stand before us: whom it asks for, and how, is passed on to the API.
  const server = Fastify({ forceCloseConnections: true, trustProxy: 'loopback' })
  // The proxy takes every type of body as a stream, except this one, which Fastify would read itself.
  server.removeContentTypeParser('text/plain')
  const policy = contentPolicy(config)
  server.addHook('onRequest', async (_request, reply) => void reply.header('x-content-type-options', 'nosniff'))

  server.get('/config.json', (_request, reply) => reply.header('cache-control', 'no-store').send(pageConfig(config)))
  if (config.apiUrl.startsWith('/')) await server.register(httpProxy, apiProxy(config))
  await server.register(fastifyStatic, {
    root,
    index: false,
    preCompressed: true,
    cacheControl: false,
    setHeaders: (reply, file) => {
      reply.header('cache-control', /[\\/]assets[\\/]/.test(file) ? YEAR : 'no-cache')
      // Pages and workers alone run scripts: on every other file these would be weight on the first load.
      if (/(\.html|[\\/]sw\.\w+\.js)(\.\w+)?$/.test(file)) {
        reply
          .header('content-security-policy', policy)
          .header('referrer-policy', 'no-referrer')
          .header('vary', VARIES_BY)
      }
    },
  })

  const sendPage = ({ headers }: FastifyRequest, reply: FastifyReply) => reply.sendFile(pageOf(languageFor(headers)))
  // `fastifyStatic` takes it for a folder.
  server.get('/', sendPage)
  const pages: readonly string[] = Object.values(PATHS)
  server.setNotFoundHandler((request, reply) => {
    const { url, method } = request
    const path = url.replace(/[?#].*$/, '')
    const isOpenedByPerson = (method === 'GET' || method === 'HEAD') && !/\.\w+$|^\/assets\//.test(path)
    if (!isOpenedByPerson)
      return reply.code(404).header('cache-control', 'no-store').type('text/plain').send('Not found')
    if (pages.includes(path.replace(/(?<=.)\/$/, ''))) return sendPage(request, reply.code(200))
    for (const name of CONDITIONS) delete request.headers[name]
    return sendPage(request, reply.code(404))
  })
  return server
}

/** Passes everything on as it comes, for as long as it takes: feeds, exports, batches that are answered while they arrive. */
function apiProxy(config: Config): FastifyHttpProxyOptions {
  return {
    upstream: apiServer(config),
    prefix: config.apiUrl,
    // Each feed has a connection for itself.
    undici: { connections: null, headersTimeout: 0, bodyTimeout: 0 },
    disableRequestLogging: true,
    internalRewriteLocationHeader: false,
    replyOptions: {
      // Whether to ask again is the page's to say.
      retryDelay: () => null,
      rewriteRequestHeaders: (request, headers) => ({
        ...headers,
        host: request.headers.host,
        'x-forwarded-for': request.ips?.toReversed().join(', '),
        'x-forwarded-host': request.host,
        'x-forwarded-proto': request.protocol,
      }),
      onError: (reply) => void reply.code(502).header('cache-control', 'no-store').send(),
    },
  }
}

/** Scripts, styles and pictures from here alone, calls to the API alone, in nobody's frame. */
function contentPolicy({ apiUrl }: Config): string {
  const api = apiUrl.startsWith('/') ? '' : ` ${new URL(apiUrl).origin}`
  return [
    "default-src 'none'",
    "script-src 'self'",
    "worker-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "manifest-src 'self'",
    `connect-src 'self'${api}`,
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')
}

async function main(): Promise<void> {
  const config = readConfig()
  const server = await appServer(config)
  for (const end of ['SIGTERM', 'SIGINT', 'disconnect'] as const) {
    process.once(end, () => void server.close().then(() => process.exit(0)))
  }
  const url = await server.listen({ host: config.host, port: config.port })
  // A parent process prints it in its own words.
  if (!process.connected) console.log(`The app is at ${url}`)
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  main().catch((error: Error) => {
    console.error(error.message)
    process.exit(1)
  })
}
