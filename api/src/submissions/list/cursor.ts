import { Type } from 'typebox'
import { Check } from 'typebox/schema'
import { invalidInput } from '../../http/errors.ts'
import { isInstant } from '../filter.ts'
import type { Order, Position } from './queries.ts'

const Id = Type.String({ format: 'uuid' })
const Instant = Type.Refine(Type.String(), isInstant)
/** Valid values of each sort column. */
const VALUES = {
  createdAt: Instant,
  email: Type.String({ maxLength: 254, pattern: '^[^\\u0000]+$' }),
  size: Type.Integer({ minimum: 1, maximum: 10_000 }),
  total: Type.Union([Type.Integer({ minimum: 0, maximum: 10_000 }), Type.Null()]),
}

/** Writes a position in an order as opaque text for a URL. */
export function writeCursor({ sortBy, sort }: Order, { value, createdAt, id }: Position): string {
  return Buffer.from(JSON.stringify([sortBy, sort, value, createdAt, id])).toString('base64url')
}

/** Reads the position of a cursor. @throws {HttpError} if it is not from `writeCursor`, or of another order */
export function readCursor(order: Order, cursor: string): Position {
  const position = parse(order, cursor)
  if (position === undefined || writeCursor(order, position) !== cursor) {
    throw invalidInput([{ field: 'cursor', message: 'Use the nextCursor of a page with the same sort and sortBy.' }])
  }
  return position
}

function parse({ sortBy, sort }: Order, cursor: string): Position | undefined {
  const Parts = Type.Tuple([Type.Literal(sortBy), Type.Literal(sort), VALUES[sortBy], Instant, Id])
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    return Check(Parts, parts) ? { value: parts[2], createdAt: parts[3], id: parts[4] } : undefined
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
