import { hash } from 'node:crypto'
import { STATUS_CODES } from 'node:http'
import { PROBLEM_TYPES, type Problem, type ProblemType, problemUri } from '@jotc/core/api/problem'
import type { FastifyBaseLogger, FastifyError, FastifyReply } from 'fastify'
import fp from 'fastify-plugin'
import { whereOf } from '../observe/log.ts'
import { HttpError } from './errors.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /**
     * Logs an error: a foreseen one as a warning, at most one a second of each type; a bug with its stack and code, and
     * bugs are counted.
     *
     * @param where the request, or other work, that failed
     * @returns the code of a bug
     */
    reportError(thrown: unknown, where: Where, log?: FastifyBaseLogger): string | undefined
  }
}

type Where = Partial<Record<'method' | 'route' | 'path' | 'accountId' | 'work', string | undefined>>

/** A full disk or a lost database fails every request, and each request has its own line with the status anyway. */
const LOG_INTERVAL_MS = 1_000

/** Codes with a counter of their own; the rest are counted as `other`. */
const MAX_COUNTED_CODES = 200

/**
 * The one place where errors become answers and log lines.
 *
 * @param detailed whether the answer to a bug shows its message and stack
 */
export const errorHandler = fp<{ detailed: boolean }>(
  async (api, { detailed }) => {
    const counter = api.metrics.counter(
      'jotc_errors_total',
      'Unexpected errors, by the code that answer and log have.',
      ['code'],
    )
    const codes = new Set<string>()
    const isDue = oncePer(LOG_INTERVAL_MS)

    api.decorate('reportError', (thrown, where, log = api.log) => {
      const error = asError(thrown)
      if (error instanceof HttpError) {
        if (isDue(`${error.type} ${where.work}`))
          log.warn({ ...where, type: error.type, status: error.status, err: error.cause ?? error }, error.message)
        return undefined
      }
      const code = errorCode(error, `${where.method} ${where.route} ${where.work}`)
      if (codes.size < MAX_COUNTED_CODES) codes.add(code)
      counter.inc({ code: codes.has(code) ? code : 'other' })
      log.error({ code, ...where, err: error }, 'unexpected error')
      return code
    })
    api.setErrorHandler((thrown, _request, reply) => answerProblem(reply, thrown, detailed))
  },
  { name: 'errorHandler', dependencies: ['metrics'] },
)

/** Whether this is the first of its kind within the interval. */
function oncePer(intervalMs: number): (kind: string) => boolean {
  const dueAt = new Map<string, number>()
  return (kind) => {
    const now = performance.now()
    if (now < (dueAt.get(kind) ?? 0)) return false
    dueAt.set(kind, now + intervalMs)
    return true
  }
}

/** Answers an error as a problem (RFC 9457). */
export function answerProblem(reply: FastifyReply, thrown: unknown, detailed: boolean): FastifyReply {
  const { request } = reply
  const error = toHttpError(thrown) ?? asError(thrown)
  const problem = problemOf(error, request.id)
  if (problem.status >= 500) {
    const code = request.server.reportError(error, whereOf(request), request.log)
    if (code !== undefined) problem.code = code
  }
  if (problem.code !== undefined && detailed) {
    problem.detail = error.message
    if (error.stack !== undefined) problem.stack = error.stack
  }
  // Fastify would close the connection while the client is still sending, before it can read the answer. Left open, the
  // rest of the body is read and dropped.
  if (problem.status === 413) reply.removeHeader('connection')
  if (error instanceof HttpError) reply.headers(error.headers)
  return reply
    .code(problem.status)
    .header('cache-control', 'no-store')
    .type('application/problem+json')
    .serializer(JSON.stringify)
    .send(problem)
}

/** The members that every problem of a type has. */
export function problemBody(type: ProblemType, requestId: string): Problem {
  const { status } = PROBLEM_TYPES[type]
  return { type: problemUri(type), title: STATUS_CODES[status] ?? 'Error', status, requestId }
}

/** The problem of an error, with only what a caller may know in production. */
function problemOf(error: Error, requestId: string): Problem {
  if (!(error instanceof HttpError)) return problemBody('unexpected', requestId)
  const { type, message, errors, didYouMean, triesLeft } = error
  const problem: Problem = { ...problemBody(type, requestId), detail: message }
  if (errors !== undefined) problem.errors = errors
  if (didYouMean !== undefined) problem.didYouMean = didYouMean
  if (triesLeft !== undefined) problem.triesLeft = triesLeft
  return problem
}

/** A foreseen error: ours, or one that Fastify throws before a route is reached. `undefined` for a bug. */
function toHttpError(thrown: unknown): HttpError | undefined {
  if (thrown instanceof HttpError) return thrown
  const { code = '', statusCode = 500 } = (thrown ?? {}) as Partial<FastifyError>
  const known = FASTIFY_ERRORS[code]
  if (known) return new HttpError(...known)
  return statusCode >= 400 && statusCode < 500 ? new HttpError('malformed-request', 'Bad request.') : undefined
}

const FASTIFY_ERRORS: Record<string, [type: ProblemType, detail: string]> = {
  FST_ERR_BAD_URL: ['malformed-request', 'The URL contains a percent-encoding that is not valid UTF-8.'],
  FST_ERR_MAX_PARAM_LENGTH: ['url-too-long', 'A part of the path is too long.'],
  FST_ERR_CTP_BODY_TOO_LARGE: ['body-too-large', 'The body is larger than 64 KiB.'],
  FST_ERR_CTP_EMPTY_JSON_BODY: ['malformed-request', 'The body is empty, but Content-Type announces JSON.'],
  FST_ERR_CTP_INVALID_JSON_BODY: ['malformed-request', 'The body is not valid JSON.'],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: [
    'unsupported-media-type',
    'Send JSON, with the header Content-Type: application/json.',
  ],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: ['malformed-request', 'The body does not match its Content-Length.'],
}

/** Anything can be thrown, also a string or `undefined`. */
function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(`Thrown without an error: ${String(thrown)}`)
}

/**
 * The code of a bug: 16 hexadecimal characters, a hash of what failed (the message without its values) and where (the
 * first stack frame in our own code). One bug has one code.
 *
 * @param context stands in for the frame where none is ours
 */
export function errorCode(error: Error, context = ''): string {
  const what = `${error.name}: ${error.message.replace(VALUES, '?')}`
  return hash('sha256', `${what}\n${ownFrame(error.stack) ?? context}`).slice(0, 16)
}

const VALUES = /"[^"]*"|'[^']*'|`[^`]*`|“[^”]*”|\b[0-9a-f]{8}-[0-9a-f-]{27}\b|\S+@\S+|\b0x[0-9a-f]+\b|\d+(?:\.\d+)?/gi

/** Frames that every statement and every error passes through: the cause is above them. */
const PASSED_THROUGH = /node_modules|node:|src\/(?:database\/(?:database|pool|replica)|http\/error-handler)\.ts/

/** Such as `api/src/submissions/repository.ts:41`: from the workspace on, so it is the same on every machine. */
function ownFrame(stack = ''): string | undefined {
  const frames = stack.split('\n').filter((line) => line.trimStart().startsWith('at '))
  const own = frames.find((line) => !PASSED_THROUGH.test(line)) ?? ''
  return /((?:api|core)\/src\/[^:]+:\d+):\d+/.exec(own)?.[1]
}
