import { STATUS_CODES } from 'node:http'
import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import { PROBLEM_TYPES, Problem, type ProblemType, problemUri } from '@jotc/core/api/problem'
import type { FastifySchema } from 'fastify'
import fp from 'fastify-plugin'
import { Type } from 'typebox'
import { problemBody } from './error-handler.ts'

declare module 'fastify' {
  interface FastifySchema {
    /** The problem types that the route answers, besides those of every route. */
    problems?: readonly ProblemType[]
  }
}

/** What Swagger UI needs: its own files, images inlined in its style sheet, and calls to this service. */
const DOCS_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

/** OpenAPI 3.1 at `/openapi.json`, generated from the routes' schemas, and Swagger UI at `/docs`. */
export const openapi = fp<{ version: string }>(
  async (api, { version }) => {
    await api.register(swagger, {
      openapi: {
        openapi: '3.1.0',
        info: {
          title: 'Jumping On The Clouds',
          version,
          description: 'The fewest jumps across a row of clouds, and who asked for them.',
          license: { name: 'MIT', identifier: 'MIT' },
        },
        tags: [
          { name: 'Sign-in', description: 'Signing in and out.' },
          { name: 'Account', description: 'Your own account.' },
          { name: 'Submissions', description: 'Boards and their solutions.' },
          { name: 'Administration', description: 'Everybody’s accounts, for administrators.' },
          { name: 'Health', description: 'For operators.' },
        ],
        // Relative to the document, so it holds behind a proxy's prefix too.
        servers: [{ url: '.' }],
        components: {
          securitySchemes: {
            bearerAuth: {
              type: 'http',
              scheme: 'bearer',
              description: 'The token of a sign-in (a JWT), or an API token (`POST /me/tokens`) within its scope.',
            },
            sessionCookie: {
              type: 'apiKey',
              in: 'cookie',
              name: 'session',
              description:
                'Set by a sign-in with `?session=cookie`; by HTTPS its name is `__Host-session`. It counts for GET and ' +
                'for requests from a page of the same origin.',
            },
          },
        },
      },
      stripBasePath: false,
      transform: ({ schema, url, ...description }) => {
        if (!schema) return { schema, url }
        if (!('openapiObject' in description)) throw new TypeError('Only OpenAPI is described.')
        const components = description.openapiObject.components ?? {}
        components.schemas ??= {}
        // Public unless the route says otherwise.
        const { problems = [], response = {}, ...described } = { security: [], ...schema }
        const responses = { ...problemResponses(problems), ...answers(response as Record<string, object>) }
        const named = byName({ ...described, response: responses }, components.schemas as Shapes)
        return { schema: named as FastifySchema, url }
      },
    })
    await api.register(swaggerUi, {
      routePrefix: '/docs',
      // Otherwise /docs (unlike /docs/) would load its scripts from the root of the host, ignoring a proxy's prefix.
      indexPrefix: '.',
      staticCSP: DOCS_POLICY,
      // It is served at /docs/json.
      transformSpecification: (document) => ({ ...document, servers: [{ url: '..' }] }),
      transformSpecificationClone: false,
      // The default layout has a top bar with an inline style and a URL field, both of which the policy blocks.
      uiConfig: { layout: 'BaseLayout', validatorUrl: null },
    })
    api.get('/openapi.json', { schema: { hide: true } }, async () => api.swagger())
  },
  { name: 'openapi' },
)

/** The problems of a route with a JSON body. */
export const BODY_PROBLEMS = ['invalid-input', 'body-too-large', 'unsupported-media-type'] as const

/** Wraps each bare schema as a JSON response. */
function answers(response: Record<string, object>) {
  return Object.fromEntries(
    Object.entries(response).map(([status, answer]) => [
      status,
      '$id' in answer
        ? { description: STATUS_CODES[status], content: { 'application/json': { schema: answer } } }
        : answer,
    ]),
  )
}

function problemResponses(types: readonly ProblemType[]) {
  const all = [...new Set<ProblemType>(['malformed-request', ...types, 'unexpected'])]
  const byStatus = Map.groupBy(all, (type) => PROBLEM_TYPES[type].status)
  return Object.fromEntries(byStatus.entries().map(([status, ofStatus]) => [status, problemResponse(status, ofStatus)]))
}

const RETRY_AFTER = { type: 'integer', description: 'Seconds until the same request may succeed.' }

function problemResponse(status: number, types: ProblemType[]) {
  const uris = types.map(problemUri)
  const schema = Type.Unsafe<Problem>({ allOf: [Problem, { properties: { type: { enum: uris } } }] })
  const examples = types.map((type) => [type, { value: problemBody(type, EXAMPLE_ID) }])
  return {
    description: types.map((type) => `\`${problemUri(type)}\`: ${PROBLEM_TYPES[type].description}`).join('\n\n'),
    ...((status === 429 || status === 503) && { headers: { 'Retry-After': RETRY_AFTER } }),
    content: { 'application/problem+json': { schema, examples: Object.fromEntries(examples) } },
  }
}

const EXAMPLE_ID = '5f1d7e0a-93c4-4b1e-8d52-6a3f0c9b7e21'

type Shapes = Record<string, unknown>

/** Moves each part that has a name (`$id`) into `named`, and leaves a reference in its place. */
function byName(schema: unknown, named: Shapes): unknown {
  if (typeof schema !== 'object' || schema === null) return schema
  if (Array.isArray(schema)) return schema.map((item) => byName(item, named))
  const { $id, ...shape } = Object.fromEntries(Object.entries(schema).map(([key, part]) => [key, byName(part, named)]))
  if (typeof $id !== 'string') return shape
  named[$id] ??= shape
  return { $ref: `#/components/schemas/${$id}` }
}
