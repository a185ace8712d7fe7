import type { FieldError } from '@jotc/core/api/problem'

/**
 * An answer that the service foresees: it has a status, and its message is a sentence for the caller.
 * Whatever else is thrown is unexpected (see problems.ts).
 */
export class Refusal extends Error {
  readonly statusCode: number
  readonly headers: Record<string, string>
  readonly errors: FieldError[] | undefined
  /** Further members of the problem (RFC 9457). */
  readonly didYouMean?: string | undefined
  readonly triesLeft?: number

  constructor(
    statusCode: number,
    message: string,
    more: { headers?: Record<string, string>; errors?: FieldError[]; cause?: unknown } = {},
  ) {
    super(message, { cause: more.cause })
    this.statusCode = statusCode
    this.headers = more.headers ?? {}
    this.errors = more.errors
  }
}

/** A list of faults longer than this helps nobody. */
const MOST_ERRORS = 20

export class InvalidInput extends Refusal {
  /** @param errors every wrong field with a sentence for the person */
  constructor(errors: FieldError[]) {
    const names = [...new Set(errors.map((error) => error.field))].slice(0, MOST_ERRORS).join(', ')
    super(400, `Please correct: ${names}.`, { errors: errors.slice(0, MOST_ERRORS) })
  }
}

export class Unauthorized extends Refusal {
  constructor(message: string) {
    super(401, message, { headers: { 'www-authenticate': 'Bearer' } })
  }
}

export class Forbidden extends Refusal {
  constructor(message: string) {
    super(403, message)
  }
}

export class NotFound extends Refusal {
  constructor(message: string) {
    super(404, message)
  }
}

export class MethodNotAllowed extends Refusal {
  constructor(method: string, allowed: readonly string[]) {
    super(405, `${method} is not possible here.`, { headers: { allow: allowed.join(', ') } })
  }
}

export class Conflict extends Refusal {
  constructor(message: string) {
    super(409, message)
  }
}

/** What was asked for was there, and is over. */
export class Gone extends Refusal {
  constructor(message: string) {
    super(410, message)
  }
}

export class TooManyRequests extends Refusal {
  /** @param seconds whole seconds until the same request is served again */
  constructor(message: string, seconds: number) {
    super(429, message, { headers: { 'retry-after': String(seconds) } })
  }
}

/** Something the service needs is away for the moment: the same request may succeed soon. */
export class Unavailable extends Refusal {
  constructor(message: string, cause: unknown) {
    super(503, message, { headers: { 'retry-after': '2' }, cause })
  }
}
