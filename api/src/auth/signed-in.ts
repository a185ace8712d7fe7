import type { FastifyRequest, onRequestAsyncHookHandler } from 'fastify'
import fp from 'fastify-plugin'
import { HttpError } from '../http/errors.ts'
import { BODY_PROBLEMS } from '../http/openapi.ts'
import { leasedLimit } from '../redis/rate-limit.ts'
import { type Account, accountErased } from './accounts.ts'
import { type ApiToken, isApiToken, requireScope } from './api-tokens.ts'
import { requireSameOrigin, sessionSecret } from './session-cookie.ts'
import { type Session, signedOut } from './sessions.ts'
import type { Token } from './tokens.ts'

/** What authenticates a request: a signed token, the session of a browser, or an API token. */
type Credential = Token | Session | ApiToken

declare module 'fastify' {
  interface FastifyInstance {
    /** An `onRequest` hook: requires a signed-in account and sets `request.account`. */
    signedIn: onRequestAsyncHookHandler
    /** An `onRequest` hook after `signedIn`: requires an administrator. */
    administrator: onRequestAsyncHookHandler
  }
  interface FastifyRequest {
    /** The account that sends the request; only on routes with the hook `signedIn`. */
    account: Account
    credential: Credential
    /**
     * The account as it is now: call it before each part of a long answer. A session or token that expires in the
     * meantime does not end an answer that began in time.
     *
     * @throws {HttpError} when it was signed out or the account was erased
     */
    stillSignedIn(): Promise<Account>
    /**
     * When the session or token ends without further use, in milliseconds since 1970.
     *
     * @throws {HttpError} when it was signed out
     */
    signInEndsAt(): Promise<number>
  }
}

/** The `security` of a route with the hook `signedIn`, for its OpenAPI description. */
export const SIGNED_IN = [{ bearerAuth: [] }, { sessionCookie: [] }]

/** The problems of such a route. */
export const SIGNED_IN_PROBLEMS = [
  'sign-in-required',
  'invalid-token',
  'session-expired',
  'session-ended',
  'account-erased',
  'scope-missing',
  'rate-limited',
  'overloaded',
  'database-unavailable',
  'out-of-storage',
] as const

/** The problems of such a route that changes something. */
export const CHANGE_PROBLEMS = [...SIGNED_IN_PROBLEMS, ...BODY_PROBLEMS, 'cross-origin'] as const

/**
 * Authenticates by the token in the `Authorization` header or, without that header, by the session cookie. Sign-outs,
 * erased accounts and changed roles take effect in every worker within a second.
 *
 * @param perMinute requests a minute of one account
 */
export const signedIn = fp<{ perMinute: number }>(
  async (api, { perMinute }) => {
    const limit = leasedLimit(api.limiter('account', perMinute), perMinute)
    api.decorateRequest('account')
    api.decorateRequest('credential')
    api.decorateRequest('stillSignedIn', stillSignedIn)
    api.decorateRequest('signInEndsAt', signInEndsAt)
    api.decorate('signedIn', signedIn)
    api.decorate('administrator', administrator)

    async function signedIn(request: FastifyRequest): Promise<void> {
      const found = credentialOf(request)
      // No promise for signed tokens and for what this worker has cached.
      const credential = found instanceof Promise ? await found : found
      if (credential.kind === 'apiToken') requireScope(credential, request.routeOptions.config.scope)
      const account = await accountOf(credential)
      request.account = account
      request.credential = credential
      await limit(account.id)
    }

    function credentialOf(request: FastifyRequest): Credential | Promise<Credential> {
      const { authorization } = request.headers
      if (authorization !== undefined) {
        const token = bearerToken(authorization)
        return isApiToken(token) ? api.apiTokens.use(token) : api.tokens.verify(token)
      }
      const secret = sessionSecret(request)
      if (!secret) throw new HttpError('sign-in-required', 'Sign in to do this.')
      requireSameOrigin(request)
      return api.sessions.use(secret)
    }

    function stillSignedIn(this: FastifyRequest): Promise<Account> {
      return accountOf(this.credential)
    }

    async function signInEndsAt(this: FastifyRequest): Promise<number> {
      const { credential } = this
      return credential.kind === 'session' ? await api.sessions.endOf(credential.id) : credential.expiresAt * 1000
    }

    async function accountOf(credential: Credential): Promise<Account> {
      await api.revocations.ensureFresh()
      if (api.revocations.has(credential.id)) throw signedOut()
      const account = await api.accounts.find(credential.accountId)
      if (!account) throw accountErased()
      if (credential.kind === 'token' && credential.issuedAt * 1000 < account.signedOutAtMs) throw signedOut()
      return account
    }

    async function administrator({ account }: FastifyRequest): Promise<void> {
      if (account.role !== 'admin') throw administratorsOnly()
    }
  },
  { name: 'signedIn', dependencies: ['accounts', 'apiTokens', 'revocations', 'rateLimits', 'sessions', 'tokens'] },
)

export function administratorsOnly(): HttpError {
  return new HttpError('administrators-only', 'Only administrators can do this.')
}

function bearerToken(authorization: string): string {
  const token = /^Bearer +(\S+)$/i.exec(authorization)?.[1]
  if (token === undefined) throw new HttpError('invalid-token', 'Send the header “Authorization: Bearer TOKEN”.')
  return token
}
