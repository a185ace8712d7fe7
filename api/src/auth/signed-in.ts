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

/** What signs a request in: a signed token, the session of a browser, or an API token. */
type Credential = Token | Session | ApiToken

declare module 'fastify' {
  interface FastifyInstance {
    /** An `onRequest` hook: the route is for people who are signed in; `request.account` is theirs. */
    signedIn: onRequestAsyncHookHandler
    /** An `onRequest` hook after `signedIn`: the route is for administrators. */
    administrator: onRequestAsyncHookHandler
  }
  interface FastifyRequest {
    /** Of whoever sends the request; only on routes with the hook `signedIn`. */
    account: Account
    credential: Credential
    /**
     * The account as it is now, for an answer that takes long: to be asked before each part of it. A session or token
     * that has expired meanwhile does not end what began in time.
     *
     * @throws {HttpError} when it was signed out or the account was erased
     */
    stillSignedIn(): Promise<Account>
    /**
     * When the session or token ends unless it is used from now on, in milliseconds since 1970.
     *
     * @throws {HttpError} when it was signed out
     */
    signInEndsAt(): Promise<number>
  }
}

/** The `security` of a route with the hook `signedIn`, for its OpenAPI description. */
export const SIGNED_IN = [{ bearerAuth: [] }, { sessionCookie: [] }]

/** Its problems. */
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

/** Those of one that changes something. */
export const CHANGE_PROBLEMS = [...SIGNED_IN_PROBLEMS, ...BODY_PROBLEMS, 'cross-origin'] as const

/**
 * Identifies the account by the token in the `Authorization` header or, without that header, by the cookie of a
 * session. One that was signed out and an account that was erased or changed count as such in every worker within a
 * second.
 *
 * @param perMinute how many requests an account has in a minute
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
      // A signed token and what this worker knows are there at once.
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
      await api.revocations.current()
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
