import type { Details } from '@jotc/core/person'

/** All of them, as types alone: the rules in core would have to be loaded before the supervisor can start a worker. */
const DETAILS = { email: true, firstName: true, lastName: true, birthDate: true } satisfies Record<keyof Details, true>
/** What is never written to the log, wherever in a line it stands. */
const HIDDEN = new Set(['authorization', 'token', 'clouds', ...Object.keys(DETAILS)])
const DEEPEST = 3

type Fields = Record<string, unknown>

/**
 * The fields of a line without secrets and details of people. Errors are left to their serializer.
 *
 * Pino's own `redact` with wildcards takes 13 µs for each line, this one below 1 µs (200,000 lines in one run).
 */
export function withoutSecrets(fields: Fields, depth = 1): Fields {
  let cleaned: Fields | undefined
  for (const [name, value] of Object.entries(fields)) {
    const shown = HIDDEN.has(name)
      ? '[hidden]'
      : isPlain(value) && depth < DEEPEST
        ? withoutSecrets(value, depth + 1)
        : value
    if (shown === value) continue
    cleaned ??= { ...fields }
    cleaned[name] = shown
  }
  return cleaned ?? fields
}

function isPlain(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
}
