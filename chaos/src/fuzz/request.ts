/** A request that no service may accept, as the bytes that a client sends. */
export type MalformedRequest = {
  /** What is wrong with it, in a few words. */
  wrong: string
  method: string
  /** What stands in the request line. */
  target: string
  bytes: Buffer
  /** The statuses that are right. */
  expects: readonly number[]
}

type Parts = Omit<MalformedRequest, 'bytes' | 'expects'> & {
  headers: readonly string[]
  body?: string | Buffer
  expects?: readonly number[]
}

/** Well-framed HTTP/1.1: whatever is wrong with it lies within. Header lines go out as they are. */
export function malformed({ headers, body, expects = [400], ...request }: Parts): MalformedRequest {
  const length = body === undefined ? [] : [`Content-Length: ${Buffer.byteLength(body)}`]
  const ours = ['Host: clouds.example.org', 'Connection: close']
  const lines = [`${request.method} ${request.target} HTTP/1.1`, ...ours, ...headers, ...length, '', '']
  const bytes = Buffer.concat([Buffer.from(lines.join('\r\n'), 'latin1'), Buffer.from(body ?? '')])
  return { ...request, expects, bytes }
}

export const JSON_TYPE = 'Content-Type: application/json'

export const bearer = (token: string) => `Authorization: Bearer ${token}`

/** The target of what may be no whole request: nothing is sent after it. */
export const BYTES = '(bytes)'

/** What the requests are made with: tokens that count, of an administrator and of somebody else. */
export type Targets = {
  description: Description
  administrator: string
  somebody: string
}

type Operation = {
  security: unknown[]
  parameters?: { name: string; in: 'path' | 'query' | 'header'; schema: Record<string, unknown> }[]
  requestBody?: { content: Record<string, { schema: object }> }
}

/** As much of an OpenAPI document as requests are made of. */
export type Description = {
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, { examples?: object[] }> }
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
