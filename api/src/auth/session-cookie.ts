import type { Session, SessionQuery, User } from '@jotc/core/api/account'
import { parseCookie, stringifySetCookie } from 'cookie'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { HttpError } from '../http/errors.ts'
import type { Account } from './accounts.ts'
import { browserOf } from './browser.ts'

/** The secret of a session that came with the request, if any. */
export function sessionSecret(request: FastifyRequest): string | undefined {
  const { cookie } = request.headers
  return cookie === undefined ? undefined : parseCookie(cookie)[cookieName(request)]
}

/** Has the browser forget its session. */
export function clearSessionCookie(request: FastifyRequest, reply: FastifyReply): void {
  setCookie(request, reply, '', 0)
}

/** By HTTPS a name that no other host and no page by HTTP can set (RFC 6265bis). */
function cookieName({ protocol }: FastifyRequest): string {
  return protocol === 'https' ? '__Host-session' : 'session'
}

function setCookie(request: FastifyRequest, reply: FastifyReply, value: string, maxAge: number): void {
  const secure = request.protocol === 'https'
  reply.header(
    'set-cookie',
    stringifySetCookie({
      name: cookieName(request),
      value,
      maxAge,
      path: '/',
      httpOnly: true,
      sameSite: 'strict',
      secure,
    }),
  )
}

/**
 * A page of another origin cannot use the cookie: beside `SameSite=Strict`, which counts all ports and sub-domains of a
 * host as one site, every request that may change something must come from a page of our own.
 *
 * @throws {HttpError} `cross-origin`
 */
export function requireSameOrigin({ method, headers, host }: FastifyRequest): void {
  if (method === 'GET' || method === 'HEAD' || method === 'OPTIONS') return
  const site = headers['sec-fetch-site']
  // Browsers leave it out by HTTP, except on localhost.
  const isOwn =
    site === undefined ? URL.parse(headers.origin ?? '')?.host === host : site === 'same-origin' || site === 'none'
  if (!isOwn) throw new HttpError('cross-origin', 'Only this service’s own pages can use the session of a browser.')
}

/** An `onRequest` hook of each route that signs in. */
export async function checkSessionOrigin(request: FastifyRequest): Promise<void> {
  if ((request.query as SessionQuery).session === 'cookie') requireSameOrigin(request)
}

/** Beside those of the route itself. */
export const SESSION_PROBLEMS = ['cross-origin', 'account-erased'] as const

type StartedSession = Omit<Session, 'token'> & Partial<Pick<Session, 'token'>>

/**
 * The last step of every sign-in: gives whoever asks a session of the account, held by a token in the answer or, with
 * `?session=cookie`, by a cookie. A session that the browser had before is ended.
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
  setCookie(request, reply, secret, sessions.lifetimeS)
  return { expiresAt, user }
}
