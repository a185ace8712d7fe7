import { type FieldError, PROBLEM_TYPES, type ProblemType } from '@jotc/core/api/problem'

type Options = {
  errors?: FieldError[]
  headers?: Record<string, string>
  /** Whole seconds until the same request may succeed. Default: 2 for a 503, none for the rest. */
  retryAfterS?: number | undefined
  didYouMean?: string | undefined
  triesLeft?: number
  /** What went wrong; only logged. */
  cause?: unknown
}

/**
 * A foreseen failure, answered as a problem (error-handler.ts). Anything else that is thrown is a bug. The type
 * determines the status (core/src/api/problem.ts); `detail` is a sentence for the caller.
 */
export class HttpError extends Error {
  override readonly name = 'HttpError'
  readonly type: ProblemType
  readonly status: number
  readonly headers: Record<string, string>
  readonly errors: FieldError[] | undefined
  readonly didYouMean: string | undefined
  readonly triesLeft: number | undefined

  constructor(type: ProblemType, detail: string, options: Options = {}) {
    super(detail, { cause: options.cause })
    this.type = type
    this.status = PROBLEM_TYPES[type].status
    this.errors = options.errors
    this.didYouMean = options.didYouMean
    this.triesLeft = options.triesLeft
    const retryAfterS = options.retryAfterS ?? (this.status === 503 ? 2 : undefined)
    const challenge = challengeOf(type)
    this.headers = {
      ...(challenge !== undefined && { 'www-authenticate': challenge }),
      ...(retryAfterS !== undefined && { 'retry-after': String(retryAfterS) }),
      ...options.headers,
    }
  }
}

/** The `WWW-Authenticate` of RFC 6750, for requests that need a token. A failed sign-in has none. */
function challengeOf(type: ProblemType): string | undefined {
  switch (type) {
    case 'sign-in-required':
      return 'Bearer'
    case 'invalid-token':
    case 'session-expired':
    case 'session-ended':
    case 'account-erased':
      return 'Bearer error="invalid_token"'
    default:
      return undefined
  }
}

const MAX_ERRORS = 20

/** @param errors each wrong field, with a sentence for the person */
export function invalidInput(errors: FieldError[]): HttpError {
  const names = [...new Set(errors.map((error) => error.field))].slice(0, MAX_ERRORS).join(', ')
  return new HttpError('invalid-input', `Check these fields: ${names}.`, { errors: errors.slice(0, MAX_ERRORS) })
}

/**
 * @param fact what there was too much of, as a sentence
 * @param waitS whole seconds until the same request may succeed
 */
export function tooMany(type: ProblemType, fact: string, waitS: number): HttpError {
  const [count, unit] = waitS > 90 ? [Math.ceil(waitS / 60), 'minute'] : [waitS, 'second']
  return new HttpError(type, `${fact} Try again in ${count} ${unit}${count === 1 ? '' : 's'}.`, { retryAfterS: waitS })
}

/** The service, or what it depends on, has too much to do. */
export function overloaded(cause?: unknown): HttpError {
  return new HttpError('overloaded', 'The service is busy. Try again in a few seconds.', { cause })
}

export function notFound(): HttpError {
  return new HttpError('not-found', 'Not found. See /docs for all addresses.')
}
