import type { FieldError } from '@jotc/core/api/problem'
import type { FastifyRequest, FastifySchemaCompiler } from 'fastify'
import fp from 'fastify-plugin'
import { type TObject, type TSchema, Type } from 'typebox'
import { Check } from 'typebox/schema'
import { HttpError, invalidInput } from './errors.ts'

/**
 * Checks query strings, path parameters and headers by their schema, and names every wrong one. Strictly: unknown and
 * repeated parameters are rejected, and so are compressed bodies.
 *
 * A route with a body brings its own check (`readsBody`).
 */
export const input = fp(
  async (api) => {
    api.addHook('onRequest', (request, _reply, done) => done(malformation(request)))
    api.setValidatorCompiler(readsTexts as FastifySchemaCompiler<unknown>)
  },
  { name: 'input' },
)

/** What no route accepts. */
function malformation({ raw, method, headers }: FastifyRequest): HttpError | undefined {
  // Node silently uses the first of several.
  let hosts = 0
  for (let index = 0; index < raw.rawHeaders.length; index += 2) {
    const name = raw.rawHeaders[index] as string
    if (name.length === 4 && name.toLowerCase() === 'host') hosts++
  }
  if (hosts > 1) return new HttpError('malformed-request', 'The Host header appears more than once.')
  const { 'content-encoding': encoding = 'identity' } = headers
  if (encoding.toLowerCase() === 'identity' || method === 'GET' || method === 'HEAD') return undefined
  const detail = 'Send the body as it is, without Content-Encoding.'
  return new HttpError('unsupported-media-type', detail, { headers: { 'accept-encoding': 'identity' } })
}

const readsTexts: FastifySchemaCompiler<TObject> = ({ schema, httpPart }) => {
  if (httpPart === 'body') throw new Error('A route with a body needs a `validatorCompiler`: see readsBody.')
  // Of the headers only those in the schema concern us.
  const headers = httpPart === 'headers' ? Object.keys(schema.properties) : undefined
  return (texts: Record<string, string | string[] | undefined>) => {
    const value: Record<string, unknown> = {}
    const errors: FieldError[] = []
    for (const field of headers ?? Object.keys(texts)) {
      const text = texts[field]
      if (text === undefined) continue
      const shape = Object.hasOwn(schema.properties, field) ? schema.properties[field] : undefined
      if (!shape) errors.push({ field, message: `Unknown parameter “${field}”.` })
      else if (Array.isArray(text)) errors.push({ field, message: `“${field}” appears more than once.` })
      else {
        value[field] = readText(shape, text)
        if (value[field] === undefined) errors.push({ field, message: `“${field}” must be ${expectation(shape)}.` })
      }
    }
    return errors.length === 0 ? { value } : { error: invalidInput(errors) }
  }
}

/**
 * The validator compiler of a route with a JSON body: an object with these fields and no others. The route gets what
 * `read` returns as its body. Other parts of the request are checked as everywhere.
 *
 * @param read returns the value, or every wrong field with a sentence
 */
export function readsBody<Value>(
  fields: readonly string[],
  read: (body: Record<string, unknown>) => { value: Value } | { errors: FieldError[] },
): FastifySchemaCompiler<unknown> {
  return (part) => {
    return part.httpPart === 'body' ? readObject : readsTexts(part as Parameters<typeof readsTexts>[0])
  }

  function readObject(body: unknown) {
    if (typeof body !== 'object' || body === null || Array.isArray(body)) {
      return { error: invalidInput([{ field: 'body', message: `Send a JSON object with ${fields.join(', ')}.` }]) }
    }
    const reading = read(body as Record<string, unknown>)
    const unknown = Object.keys(body)
      .filter((field) => !fields.includes(field))
      .map((field) => ({ field, message: `Unknown field “${field}”.` }))
    const errors = 'errors' in reading ? [...reading.errors, ...unknown] : unknown
    return errors.length === 0 && 'value' in reading ? { value: reading.value } : { error: invalidInput(errors) }
  }
}

/** The validator compiler of a route whose body is streamed. Other parts are checked as everywhere. */
export const readsStream: FastifySchemaCompiler<unknown> = (part) =>
  part.httpPart === 'body' ? () => true : readsTexts(part as Parameters<typeof readsTexts>[0])

/** The path parameters of a route for one of many. */
export const IdParams = Type.Object({ id: Type.String({ format: 'uuid' }) })
export type WithId = { Params: { id: string } }

/**
 * Parses a text (a query parameter, a setting) by its TypeBox schema, strictly: an integer is decimal digits, a boolean
 * is `true` or `false`, a list is comma-separated.
 *
 * @returns the value, or `undefined` when the text does not fit the schema
 */
export function readText(schema: TSchema, text: string): unknown {
  const value = read(schema, text)
  return value !== undefined && Check(schema, value) ? value : undefined
}

function read(schema: Shape, text: string): unknown {
  switch (schema.type) {
    case 'integer':
      return /^\d{1,15}$/.test(text) ? Number(text) : undefined
    case 'boolean':
      return text === 'true' ? true : text === 'false' ? false : undefined
    case 'array':
      return text
        .split(',')
        .map((part) => part.trim())
        .filter((part) => part !== '')
    default:
      return text
  }
}

/** What the schema requires, to complete “must be …”. */
export function expectation(schema: Shape): string {
  if (schema.enum) return `one of ${schema.enum.join(', ')}`
  if (schema.type === 'integer') return `a whole number from ${schema.minimum} to ${schema.maximum}`
  if (schema.type === 'boolean') return 'true or false'
  if (schema.format === 'uuid') return 'a UUID'
  if (schema.maxLength !== undefined) {
    const characters = `${schema.minLength ?? 0} to ${schema.maxLength} characters`
    return schema.pattern === undefined ? characters : `${characters}, none of them a control character`
  }
  return schema.title ?? 'text'
}

/** The keywords of a schema that these functions use. */
type Shape = {
  type?: string
  format?: string
  title?: string
  enum?: readonly unknown[]
  minimum?: number
  maximum?: number
  minLength?: number
  maxLength?: number
  pattern?: string
}
