import pg from 'pg'

const { builtins } = pg.types

/**
 * How columns reach JavaScript, where the driver's own way would lose something: a `date` stays the text
 * it is, a `timestamptz` (milliseconds in all our columns) is ISO 8601 text in UTC, and a `bigint` is a
 * number while that is exact.
 */
export const columnTypes: pg.CustomTypesConfig = {
  getTypeParser: (oid, format) => {
    if (format === 'text' || format === undefined) {
      if (oid === builtins.DATE) return (text: string) => text
      if (oid === builtins.TIMESTAMPTZ)
        return (text: string) => Temporal.Instant.from(text).toString({ smallestUnit: 'millisecond' })
      if (oid === builtins.INT8) return exactNumber
    }
    return pg.types.getTypeParser(oid, format)
  },
}

function exactNumber(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError(`The bigint ${text} is no exact number.`)
  return value
}
