import type { FieldError } from '@jotc/core/api/problem'
import type { FastifySchemaCompiler } from 'fastify'
import fp from 'fastify-plugin'
import type { TObject } from 'typebox'
import { invalidInput } from './errors.ts'
import { expectation, readText } from './read-text.ts'

/**
 * Checks query strings, path parameters and headers by their schema, and names every wrong one. Nothing is
 * guessed: a parameter that is unknown or given twice is refused too.
 *
 * Bodies are not checked here: each route that takes one says who reads it (`readsBody`).
 */
export const input = fp(
  async (api) => {
    api.setValidatorCompiler(byTexts as FastifySchemaCompiler<unknown>)
  },
  { name: 'input' },
)

const byTexts: FastifySchemaCompiler<TObject> = ({ schema, httpPart }) => {
  if (httpPart === 'body') throw new Error('A route with a body needs a `validatorCompiler`: see readsBody.')
  return (texts: Record<string, string | string[]>) => {
    const value: Record<string, unknown> = {}
    const errors: FieldError[] = []
    for (const [field, text] of Object.entries(texts)) {
      const shape = Object.hasOwn(schema.properties, field) ? schema.properties[field] : undefined
      // Headers are many, and none of our business but those that the schema names.
      if (!shape && httpPart === 'headers') continue
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
