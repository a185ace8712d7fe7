import { STATUS_CODES } from 'node:http'
import type { Problem } from '@jotc/core/api/problem'
import type { FastifyError, FastifyReply } from 'fastify'
import fp from 'fastify-plugin'
import { whereOf } from '../observe/log.ts'
import { asError } from './faults.ts'
import { Refusal } from './refusals.ts'

/**
 * Turns every error into a problem (RFC 9457). What the service foresees keeps its status and its
 * sentence; anything else is a 500 with an error code, which the log line carries too.
 *
 * @param detailed whether the answer to an unexpected error shows its message and stack
 */
export const problems = fp<{ detailed: boolean }>(
  async (api, { detailed }) => {
    api.setErrorHandler((thrown, _request, reply) => answerProblem(reply, thrown, detailed))
  },
  { name: 'problems', dependencies: ['faults'] },
)

/** Answers what was thrown as a problem. */
export function answerProblem(reply: FastifyReply, thrown: unknown, detailed: boolean): FastifyReply {
  const { request } = reply
  const error = asError(thrown)
  const problem = problemOf(error, request.id)
  if (problem.status === 500) problem.code = request.server.faults.report(error, request.log, whereOf(request))
  else if (problem.status > 500) {
    request.log.warn({ ...whereOf(request), status: problem.status, err: error.cause ?? error }, error.message)
  }
  if (problem.code !== undefined && detailed) {
    problem.detail = error.message
    if (error.stack !== undefined) problem.stack = error.stack
  }
  // Fastify closes the connection under a body that is too large; then a client that is still sending is cut off
  // before it can read the answer. Kept open, the rest of the body is read and dropped.
  if (problem.status === 413) reply.removeHeader('connection')
  if (error instanceof Refusal) reply.headers(error.headers)
  return reply
    .code(problem.status)
    .header('cache-control', 'no-store')
    .type('application/problem+json')
    .serializer(JSON.stringify)
    .send(problem)
}

/** The problem that says of `error` what a caller may know in production. */
function problemOf(error: Error, requestId: string): Problem {
  const status = statusOf(error)
  const problem: Problem = { type: 'about:blank', title: STATUS_CODES[status] ?? 'Error', status, requestId }
  const detail = error instanceof Refusal ? error.message : DETAILS[(error as FastifyError).code]
  if (detail !== undefined) problem.detail = detail
  if (error instanceof Refusal) {
    const { errors, didYouMean, triesLeft } = error
    if (errors !== undefined) problem.errors = errors
    if (didYouMean !== undefined) problem.didYouMean = didYouMean
    if (triesLeft !== undefined) problem.triesLeft = triesLeft
  }
  return problem
}

/** Only Fastify's own errors and refusals bring a status; a stray `statusCode` of 500 and above says nothing. */
function statusOf(error: Error): number {
  if (error instanceof Refusal) return error.statusCode
  const { statusCode = 500 } = error as Partial<FastifyError>
  return statusCode >= 400 && statusCode < 500 ? statusCode : 500
}

/** What Fastify refuses before a route is reached, in words for the caller. */
const DETAILS: Record<string, string> = {
  FST_ERR_BAD_URL: 'The URL has a percent sign that is not followed by two hexadecimal digits of UTF-8 text.',
  FST_ERR_MAX_PARAM_LENGTH: 'A part of the path is too long.',
  FST_ERR_CTP_BODY_TOO_LARGE: 'The body is larger than 64 KiB.',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'The body is empty, and JSON was announced.',
  FST_ERR_CTP_INVALID_JSON_BODY: 'The body is not valid JSON.',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'Send JSON, with the header Content-Type: application/json.',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'The body has another length than announced.',
}
