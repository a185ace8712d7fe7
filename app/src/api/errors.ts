import type { FieldError, Problem } from '@jotc/core/api/problem'
import { t } from './words/en.ts'

/** An answer of the API that is no success. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem'
  readonly status: number
  /** Names an unexpected error in the service's log. */
  readonly code: string | undefined
  /** Every field that is wrong. */
  readonly errors: readonly FieldError[]
  /** The address that was probably meant. */
  readonly didYouMean: string | undefined
  /** Tries that are left after a wrong code. */
  readonly triesLeft: number | undefined

  constructor(status: number, problem: Problem | undefined) {
    super(problem?.detail ? t.said(status, problem.detail) : status >= 500 ? t.broken : t.refused)
    this.status = status
    this.code = problem?.code
    this.errors = problem?.errors ?? []
    this.didYouMean = problem?.didYouMean
    this.triesLeft = problem?.triesLeft
  }
}

/** No answer came. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable'
  readonly reason: 'offline' | 'timeout' | 'unreachable'

  constructor(reason: Unreachable['reason'], options?: ErrorOptions) {
    super(t[reason], options)
    this.reason = reason
  }
}

/** What a person is told of a failed call: a sentence, and the code of an unexpected error. */
export type ShownProblem = { detail: string; code: string | undefined }

/** @throws what is no failed call, as it is */
export function shownProblem(error: unknown): ShownProblem {
  if (error instanceof ApiProblem) return { detail: error.message, code: error.code }
  if (error instanceof Unreachable) return { detail: error.message, code: undefined }
  throw error
}
