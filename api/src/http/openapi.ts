import { STATUS_CODES } from 'node:http'
import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import { Problem } from '@jotc/core/api/problem'
import type { FastifySchema } from 'fastify'
import fp from 'fastify-plugin'

/** What Swagger UI needs: its files, the pictures inside its style sheet, and calls to this service. */
const DOCS_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

/** The service's description: OpenAPI 3.1 at `/openapi.json`, made of the routes' schemas, and a reader at `/docs`. */
export const openapi = fp<{ version: string }>(
  async (api, { version }) => {
    await api.register(swagger, {
      openapi: {
        openapi: '3.1.0',
        info: {
          title: 'Jumping On The Clouds',
          version,
          description: 'The fewest jumps across a row of clouds, and who asked for them.',
        },
        // Relative to the document: right behind a proxy's prefix too.
        servers: [{ url: '.' }],
        components: {
          securitySchemes: { bearerAuth: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
        },
      },
      stripBasePath: false,
      transform: ({ schema, url, ...description }) => {
        if (!('openapiObject' in description)) throw new TypeError('Only OpenAPI is described.')
        const components = description.openapiObject.components ?? {}
        components.schemas ??= {}
        return { schema: byName(schema, components.schemas as Shapes) as FastifySchema, url }
      },
    })
    await api.register(swaggerUi, {
      routePrefix: '/docs',
      // Else /docs, unlike /docs/, would look for its scripts at the root of the host, and not behind a proxy's prefix.
      indexPrefix: '.',
      staticCSP: DOCS_POLICY,
      // It reads the document at /docs/json.
      transformSpecification: (document) => ({ ...document, servers: [{ url: '..' }] }),
      transformSpecificationClone: false,
      // The other layout has a bar on top with an inline style, and a field for addresses that the policy refuses.
      uiConfig: { layout: 'BaseLayout', validatorUrl: null },
    })
    api.get('/openapi.json', { schema: { hide: true } }, async () => api.swagger())
  },
  { name: 'openapi' },
)

/** The problems that a route answers, for its `schema.response`; 500 and 503 are any route's. */
export function problemResponses(...statuses: number[]) {
  const content = { 'application/problem+json': { schema: Problem } }
  return Object.fromEntries(
    [...statuses, 500, 503].map((status) => [status, { description: STATUS_CODES[status], content }]),
  )
}

type Shapes = Record<string, unknown>

/** The schema with each part that has a name (`$id`) replaced by a reference to it, and put under `named`. */
function byName(schema: unknown, named: Shapes): unknown {
  if (typeof schema !== 'object' || schema === null) return schema
  if (Array.isArray(schema)) return schema.map((item) => byName(item, named))
  const { $id, ...shape } = Object.fromEntries(Object.entries(schema).map(([key, part]) => [key, byName(part, named)]))
  if (typeof $id !== 'string') return shape
  named[$id] ??= shape
  return { $ref: `#/components/schemas/${$id}` }
}
