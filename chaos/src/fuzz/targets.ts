/** What the requests are made with: tokens that count, of an administrator and of somebody else, and their secret. */
export type Targets = {
  description: Description
  secret: string
  administrator: string
  somebody: string
}

type Schema = Record<string, unknown>
type Parameter = { name: string; in: 'path' | 'query' | 'header'; required?: boolean; schema: Schema }

type Operation = {
  security: unknown[]
  parameters?: Parameter[]
  requestBody?: { content: Record<string, { schema: Schema }> }
}

/** As much of an OpenAPI document as requests are made of. */
export type Description = {
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, Schema> }
}

export type Call = { method: string; path: string; operation: Operation }

export function callsOf({ paths }: Description): Call[] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
  )
}

/** The target of a call, with an id where the path wants one. */
export function targetOf({ path }: Call, id = '019b2c1e-6a3f-7c55-8a52-0f2d4c1b9e77'): string {
  return path.replace(/\{\w+\}/g, id)
}
