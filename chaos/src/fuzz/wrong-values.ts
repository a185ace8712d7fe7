import fc from 'fast-check'

type Schema = {
  $ref?: string
  type?: string
  enum?: unknown[]
  anyOf?: Schema[]
  required?: string[]
  properties?: Record<string, Schema>
  pattern?: string
  format?: string
  minimum?: number
  maximum?: number
  maxLength?: number
  examples?: unknown[]
}

/** Any JSON, with what parsers and databases trip over: prototypes, lone surrogates, NUL, numbers out of range. */
export const anyJson: fc.Arbitrary<unknown> = fc.oneof(
  fc.jsonValue({ maxDepth: 4 }),
  fc.constantFrom<unknown>(null, true, 0, -1, 1e308, 2 ** 53, 0.1, '', ' ', [], {}, [[]], [null]),
  fc.constantFrom('__proto__', 'constructor', '\u0000', '\ud800', '\u202e', "' or 1=1 --", '../../etc/passwd', '%00'),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.integer().map((depth) => nested(Math.abs(depth) % 60)),
)

/** Mostly values that a schema refuses: near misses of what it wants, and anything. Who must be sure asks a validator. */
export function wrongValue(schema: Schema, named: Record<string, Schema>): fc.Arbitrary<unknown> {
  const known = schema.$ref === undefined ? schema : (named[schema.$ref.split('/').at(-1) ?? ''] ?? {})
  if (known.properties !== undefined) return wrongObject(known, known.properties, named)
  return fc.oneof(anyJson, nearMiss(known))
}

function wrongObject(schema: Schema, properties: Record<string, Schema>, named: Record<string, Schema>) {
  const good = (schema.examples?.[0] ?? {}) as Record<string, unknown>
  const fields = Object.keys(properties)
  const field = fc.constantFrom(...fields)
  const replaced = field.chain((name) =>
    wrongValue(properties[name] ?? {}, named).map((value) => ({ ...good, [name]: value })),
  )
  const missing = fc.subarray(fields, { maxLength: fields.length - 1 }).map((kept) => only(good, kept))
  const more = fc
    .tuple(fc.oneof(fc.constantFrom('__proto__', 'constructor', 'id', 'role', 'isAdmin'), fc.string()), anyJson)
    .map(([name, value]) => Object.defineProperty({ ...good }, name, { value, enumerable: true }))
  return fc.oneof({ arbitrary: replaced, weight: 4 }, missing, more, anyJson)
}

function only(object: Record<string, unknown>, fields: string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(object).filter(([name]) => fields.includes(name)))
}

/** Values of about the right type. */
function nearMiss({ type, enum: words, minimum, maximum, maxLength, format }: Schema): fc.Arbitrary<unknown> {
  if (words !== undefined) return fc.constantFrom(...words).map((word) => `${word} `)
  if (type === 'integer') {
    const bounds = [(minimum ?? 0) - 1, (maximum ?? 0) + 1]
    return fc.oneof(fc.constantFrom<unknown>(...bounds, 1.5, '1', '1e3', '0x10', 'NaN', 'Infinity', ' 1'), fc.double())
  }
  if (type === 'array') return fc.array(anyJson, { maxLength: 30 })
  if (format === 'date') return wrongDate
  if (maxLength !== undefined) return fc.string({ minLength: maxLength + 1, maxLength: maxLength + 50 })
  return fc.string({ unit: 'binary' })
}

export const wrongDate = fc.oneof(
  fc.constantFrom('2001-02-29', '2001-00-10', '0000-01-01', '1111', '2000-1-2', '01/02/2000', '+012000-01-01'),
  fc.tuple(fc.integer({ min: 1, max: 9999 }), fc.integer({ min: 13, max: 99 })).map(([y, m]) => `${y}-${m}-01`),
)

function nested(depth: number): unknown {
  let value: unknown = 0
  for (let n = 0; n < depth; n++) value = [value]
  return value
}
