import { pipeline, Readable, Transform } from 'node:stream'
import type {} from '@fastify/swagger'
import type { ValidateFunction } from 'ajv'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { default as formats } from 'ajv-formats'
import type { FastifyInstance } from 'fastify'

export type Answer = {
  method: string
  /** As the description writes it (`/jotc/{id}`); undefined where the request reached no route. */
  path: string | undefined
  status: number
  /** The content type, without parameters. */
  type: string
  body: string
}

type Content = Record<string, { schema?: unknown }>
type Operation = { responses: Record<string, { content?: Content }> }
type Description = { paths: Record<string, Record<string, Operation>> }

const PROBLEM = 'application/problem+json'
const NO_BODY = new Set([204, 304])

/**
 * Checks values by the schemas of an OpenAPI 3.1 description, which are JSON Schema 2020-12.
 *
 * @returns gives the check of the schema at a place of the description
 */
export function validators(description: object): (...pointer: string[]) => ValidateFunction {
  const ajv = new Ajv2020({ strict: false, validateSchema: false })
  formats.default(ajv)
  ajv.addSchema(description, 'openapi')
  return (...pointer) => {
    const place = pointer.map((part) => encodeURIComponent(part.replaceAll('/', '~1'))).join('/')
    return ajv.getSchema(`openapi#/${place}`) as ValidateFunction
  }
}

/**
 * Says how answers differ from what the OpenAPI description promises: a status that it doesn't name, a content type
 * or a body of another shape, an error that is no problem, a problem of a type that it doesn't name.
 *
 * @returns gives a sentence for each fault of an answer
 */
export function conformity(description: object): (answer: Answer) => string[] {
  const { paths } = description as Description
  const validatorOf = validators(description)

  function faultsOfBody(body: string, ...pointer: string[]): string[] {
    const validate = validatorOf(...pointer)
    try {
      if (validate(JSON.parse(body))) return []
    } catch {
      return ['is no JSON']
    }
    return [`has another shape: ${JSON.stringify(validate.errors)}`]
  }

  /** @param pointer to the schema of it: where an operation describes it, only those of its types will do */
  function faultsOfProblem({ status, type, body }: Answer, ...pointer: string[]): string[] {
    if (type !== PROBLEM) return [`is an error of type “${type}”, and no problem`]
    const faults = faultsOfBody(body, ...pointer)
    if (faults.length === 0 && JSON.parse(body).status !== status) return ['has another status in its body']
    return faults
  }

  function faultsOf(answer: Answer): string[] {
    const { method, path, status, type, body } = answer
    const name = method === 'HEAD' ? 'get' : method.toLowerCase()
    const operation = path === undefined ? undefined : paths[path]?.[name]
    if (method === 'HEAD' || NO_BODY.has(status)) {
      if (body !== '') return ['has a body']
      return operation && isDescribed(operation) && !operation.responses[status] ? ['is not described'] : []
    }
    if (!operation || !isDescribed(operation)) {
      return status < 400 ? [] : faultsOfProblem(answer, 'components', 'schemas', 'Problem')
    }
    const content = operation.responses[status]?.content
    if (!content) return ['is not described']
    if (!content[type]) return [`is described as ${Object.keys(content)}, not as “${type}”`]
    const pointer = ['paths', path as string, name, 'responses', String(status), 'content', type, 'schema']
    if (type === PROBLEM) return faultsOfProblem(answer, ...pointer)
    if (!type.endsWith('json')) return []
    return valuesOf(type, body).flatMap((value) => faultsOfBody(value, ...pointer))
  }

  return (answer) =>
    faultsOf(answer).map((fault) => `${answer.status} of ${answer.method} ${answer.path ?? '(no route)'} ${fault}`)
}

/** A body of NDJSON is a value a line. */
function valuesOf(type: string, body: string): string[] {
  return type === 'application/x-ndjson' ? body.split('\n').filter((line) => line !== '') : [body]
}

/** A route without response schemas has only what the generator says of any route. */
function isDescribed({ responses }: Operation): boolean {
  return Object.keys(responses).some((status) => status !== '200') || responses['200']?.content !== undefined
}

/** One for all services of a process: whatever their settings, their descriptions are the same. */
let described: ReturnType<typeof conformity> | undefined

/**
 * Checks every answer of a service from now on against its own description.
 *
 * @returns the faults so far
 */
export function watchAnswers(api: FastifyInstance): string[] {
  const faults: string[] = []
  api.addHook('onSend', async ({ method, url, body: sent, routeOptions }, reply, payload) => {
    described ??= conformity(api.swagger())
    const faultsOf = described
    const path = routeOptions.url?.replace(/:(\w+)/g, '{$1}')
    const [type = ''] = String(reply.getHeader('content-type') ?? '').split(';')
    const look = (body: string) => {
      const shown = sent instanceof Readable ? '(a file)' : (JSON.stringify(sent) ?? '')
      const request = `${method} ${url} ${shown}`.slice(0, 500)
      const told = faultsOf({ method, path, status: reply.statusCode, type, body })
      faults.push(...told.map((fault) => `${fault}\n  ${request} answered ${body.slice(0, 1_000)}`))
    }
    if (method === 'HEAD') look('')
    else if (typeof payload === 'string' || payload == null) look(payload ?? '')
    else if (type === 'application/x-ndjson' && payload instanceof Readable) {
      return pipeline(payload, watchLines(look), () => {})
    }
    return payload
  })
  return faults
}

/** Passes bytes on as they are, and tells each whole line. */
function watchLines(tell: (line: string) => void): Transform {
  const decoder = new TextDecoder()
  let rest = ''
  return new Transform({
    transform(chunk, _encoding, done) {
      const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n')
      rest = lines.pop() ?? ''
      lines.forEach(tell)
      done(null, chunk)
    },
  })
}
