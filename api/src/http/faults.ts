import type { FastifyBaseLogger } from 'fastify'
import fp from 'fastify-plugin'
import { errorCode } from './error-code.ts'
import { Refusal } from './refusals.ts'

declare module 'fastify' {
  interface FastifyInstance {
    faults: Faults
  }
}

export type Faults = {
  /**
   * Writes an unexpected error to the log, with its stack and its code, and counts it.
   *
   * @param where what was being done: a request, or some other work
   * @returns the code
   */
  report(thrown: unknown, log: FastifyBaseLogger, where: Where): string
  /** The same for work that nobody waits for and that is done again anyway: what passes is only a warning. */
  reportBackground(thrown: unknown, work: string): void
}

type Where = Partial<Record<'method' | 'route' | 'path' | 'accountId' | 'work', string | undefined>>

/** Codes that are counted each by itself; who sees more has another problem. */
const MOST_CODES = 200

/** The one place where unexpected errors become known to operators, as `api.faults`. */
export const faults = fp(
  async (api) => {
    const counter = api.metrics.counter(
      'jotc_errors_total',
      'Unexpected errors, by the code that answer and log have.',
      ['code'],
    )
    const codes = new Set<string>()

    function report(thrown: unknown, log: FastifyBaseLogger, where: Where): string {
      const error = asError(thrown)
      const code = errorCode(error, `${where.method} ${where.route} ${where.work}`)
      if (codes.size < MOST_CODES) codes.add(code)
      counter.inc({ code: codes.has(code) ? code : 'other' })
      log.error({ code, ...where, err: error }, 'unexpected error')
      return code
    }

    api.decorate('faults', {
      report,
      reportBackground(thrown, work) {
        if (thrown instanceof Refusal) api.log.warn({ work, err: thrown.cause ?? thrown }, 'put off; it is tried again')
        else report(thrown, api.log, { work })
      },
    })
  },
  { name: 'faults', dependencies: ['metrics'] },
)

/** What was thrown, as an error: a stray text or nothing at all is one too. */
export function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(`Thrown without an error: ${String(thrown)}`)
}
