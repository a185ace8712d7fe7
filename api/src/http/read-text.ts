import type { TSchema } from 'typebox'
import { Value } from 'typebox/value'

/**
 * Reads a value that arrives as text (a query parameter, a setting) by its TypeBox schema, strictly:
 * a whole number is decimal digits, a boolean is `true` or `false`, a list has commas.
 *
 * @returns the value, or `undefined` when the text is none of the schema
 */
export function readText(schema: TSchema, text: string): unknown {
  const value = read(schema, text)
  return value !== undefined && Value.Check(schema, value) ? value : undefined
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
  if (schema.maxLength !== undefined) return `text of ${schema.minLength ?? 0} to ${schema.maxLength} characters`
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
}
