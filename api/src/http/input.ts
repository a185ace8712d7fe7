import type { FieldError } from '@jotc/core/api/problem'
import type { FastifyRequest, FastifySchemaCompiler } from 'fastify'
import fp from 'fastify-plugin'
import type { TObject, TSchema } from 'typebox'
import { Check } from 'typebox/schema'
import { HttpError, invalidInput } from './errors.ts'

/**
 * Checks query strings, path parameters and headers by their schema, and names every wrong one. Nothing is
 * guessed: a parameter that is unknown or given twice is refused too, and so is a body that would have to be unpacked.
 *
 * Bodies are not checked here: each route that takes one says who reads it (`readsBody`).
 */
export const input = fp(
  async (api) => {
    api.addHook('onRequest', (request, _reply, done) => done(faultOf(request)))
    api.setValidatorCompiler(byTexts as FastifySchemaCompiler<unknown>)
  },
  { name: 'input' },
)

/** What is wrong with a request wherever it leads. */
function faultOf({ raw, method, headers }: FastifyRequest): HttpError | undefined {
  // Node takes the first of several.
  let hosts = 0
  for (let index = 0; index < raw.rawHeaders.length; index += 2) {
    const name = raw.rawHeaders[index] as string
    if (name.length === 4 && name.toLowerCase() === 'host') hosts++
  }
  if (hosts > 1) {
    return new HttpError('malformed-request', 'The Host header appears more than once.')
  }
  const { 'content-encoding': encoding = 'identity' } = headers
  if (encoding.toLowerCase() === 'identity' || method === 'GET' || method === 'HEAD') return undefined
  const detail = 'Send the body as it is, without Content-Encoding.'
  return new HttpError('unsupported-media-type', detail, { headers: { 'accept-encoding': 'identity' } })
}

const byTexts: FastifySchemaCompiler<TObject> = ({ schema, httpPart }) => {
  if (httpPart === 'body') throw new Error('A route with a body needs a `validatorCompiler`: see readsBody.')
  // Headers are many, and none of our business but those that the schema names.
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
 * The validators of a route with a body: an object with no fields but `fields`, read by `read`, whose result the
 * route gets as its body. Its other parts are checked as everywhere.
 *
 * @param read gives the value, or every wrong field with a sentence
 */
export function readsBody<Value>(
  fields: readonly string[],
  read: (body: Record<string, unknown>) => { value: Value } | { errors: FieldError[] },
): FastifySchemaCompiler<unknown> {
  return (part) => {
    if (part.httpPart !== 'body') return byTexts(part as Parameters<typeof byTexts>[0])
    return checked
  }

  function checked(body: unknown) {
    if (typeof body !== 'object' || body === null || Array.isArray(body)) {
      return { error: invalidInput([{ field: 'body', message: `Send a JSON object with ${fields.join(', ')}.` }]) }
    }
    const reading = read(body as Record<string, unknown>)
    const unknown = Object.keys(body).filter((field) => !fields.includes(field))
    const strangers = unknown.map((field) => ({ field, message: `Unknown field “${field}”.` }))
    const errors = 'errors' in reading ? [...reading.errors, ...strangers] : strangers
    return errors.length === 0 && 'value' in reading ? { value: reading.value } : { error: invalidInput(errors) }
  }
}

/** The validators of a route whose body is read as it arrives: its other parts are checked as everywhere. */
export const readsStream: FastifySchemaCompiler<unknown> = (part) =>
  part.httpPart === 'body' ? () => true : byTexts(part as Parameters<typeof byTexts>[0])

/**
 * Reads a value that arrives as text (a query parameter, a setting) by its TypeBox schema, strictly:
 * a whole number is decimal digits, a boolean is `true` or `false`, a list has commas.
 *
 * @returns the value, or `undefined` when the text is none of the schema
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

/** What the schema asks for, as the end of a sentence that begins with “must be”. */
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

/** The parts of a schema that these functions look at. */
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
