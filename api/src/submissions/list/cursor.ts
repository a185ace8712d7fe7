import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { InvalidInput } from '../../http/refusals.ts'
import type { Order, Place } from './order.ts'

const Id = Type.String({ format: 'uuid' })
const Instant = Type.String({
  pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z$',
  format: 'date-time',
})
const VALUES = {
  createdAt: Instant,
  email: Type.String({ maxLength: 254, pattern: '^[\\x21-\\x7e]+$' }),
  size: Type.Integer({ minimum: 1, maximum: 10_000 }),
  total: Type.Union([Type.Integer({ minimum: 0, maximum: 10_000 }), Type.Null()]),
}

/** A place in an order as one opaque text for a URL. */
export function writeCursor({ sortBy, sort }: Order, { value, createdAt, id }: Place): string {
  return Buffer.from(JSON.stringify([sortBy, sort, value, createdAt, id])).toString('base64url')
}

/** The place of a cursor. @throws {InvalidInput} when `writeCursor` did not make it, or made it for another order */
export function readCursor(order: Order, cursor: string): Place {
  const place = parse(order, cursor)
  if (place === undefined || writeCursor(order, place) !== cursor) {
    throw new InvalidInput([{ field: 'cursor', message: '“cursor” is not the nextCursor of a list in this order.' }])
  }
  return place
}

function parse({ sortBy, sort }: Order, cursor: string): Place | undefined {
  const Parts = Type.Tuple([Type.Literal(sortBy), Type.Literal(sort), VALUES[sortBy], Instant, Id])
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    return Value.Check(Parts, parts) ? { value: parts[2], createdAt: parts[3], id: parts[4] } : undefined
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
