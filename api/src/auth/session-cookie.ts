import type { Session, SessionQuery, User } from '@jotc/core/api/account'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { readCookie, setCookie } from '../http/cookies.ts'
import { HttpError } from '../http/errors.ts'
import type { Account } from './accounts.ts'
import { browserOf } from './browser.ts'

const COOKIE = 'session'

/** The secret of the session that the request carries, if any. */
export function sessionSecret(request: FastifyRequest): string | undefined {
  return readCookie(request, COOKIE)
}

export function clearSessionCookie(request: FastifyRequest, reply: FastifyReply): void {
  setCookie(request, reply, COOKIE, '', 0)
}

/**
 * Requires that a request which may change something comes from a page of our own origin. `SameSite=Strict` is not
 * enough: it treats all ports and subdomains of a host as one site.
 *
 * @throws {HttpError} `cross-origin`
 */
export function requireSameOrigin({ method, headers, host }: FastifyRequest): void {
  if (method === 'GET' || method === 'HEAD' || method === 'OPTIONS') return
  const site = headers['sec-fetch-site']
  // Browsers omit it over plain HTTP, except on localhost.
  const isOwn =
    site === undefined ? URL.parse(headers.origin ?? '')?.host === host : site === 'same-origin' || site === 'none'
  if (!isOwn) throw new HttpError('cross-origin', 'Only this service’s own pages can use the session of a browser.')
}

/** An `onRequest` hook for each route that signs in. */
export async function checkSessionOrigin(request: FastifyRequest): Promise<void> {
  if ((request.query as SessionQuery).session === 'cookie') requireSameOrigin(request)
}

/** The problems of `checkSessionOrigin` and `startSession`. */
export const SESSION_PROBLEMS = ['cross-origin', 'account-erased'] as const

type StartedSession = Omit<Session, 'token'> & Partial<Pick<Session, 'token'>>

/**
 * The last step of every sign-in: answers a token or, with `?session=cookie`, sets a cookie. That ends the session that
 * the browser had before.
 *
 * @returns the body of the answer
 */
export async function startSession(
  reply: FastifyReply,
  request: FastifyRequest<{ Querystring: SessionQuery }>,
  account: Account,
): Promise<StartedSession> {
  const { sessions, tokens } = request.server
  const user: User = account
  if (request.query.session !== 'cookie') return { ...tokens.sign(account), user }
  const { secret, expiresAt } = await sessions.start(account.id, browserOf(request.headers), sessionSecret(request))
  setCookie(request, reply, COOKIE, secret, sessions.lifetimeS)
  return { expiresAt, user }
}
