import type { FastifyRequest, onRequestAsyncHookHandler } from 'fastify'
import fp from 'fastify-plugin'
import { HttpError } from '../http/errors.ts'
import { leasedLimit } from '../redis/rate-limit.ts'
import { type Account, accountErased } from './accounts.ts'
import type { Token } from './tokens.ts'

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
    token: Token
    /**
     * The account as it is now, for an answer that takes long: to be asked before each part of it. A token that has
     * expired meanwhile does not end what began in time.
     *
     * @throws {HttpError} when the token was signed out or the account was erased
     */
    stillSignedIn(): Promise<Account>
  }
}

/** The `security` of a route with the hook `signedIn`, for its OpenAPI description. */
export const BEARER = [{ bearerAuth: [] }]

/** Its problems. */
export const SIGNED_IN_PROBLEMS = [
  'sign-in-required',
  'invalid-token',
  'session-expired',
  'session-ended',
  'account-erased',
  'rate-limited',
  'overloaded',
  'database-unavailable',
  'out-of-storage',
] as const

/**
 * Identifies the account by the token in the `Authorization` header, and nowhere else. A token that was signed out and
 * an account that was erased or changed count as such in every worker within a second.
 *
 * @param perMinute how many requests an account has in a minute
 */
export const signedIn = fp<{ perMinute: number }>(
  async (api, { perMinute }) => {
    const limit = leasedLimit(api.limiter('account', perMinute), perMinute)
    api.decorateRequest('account')
    api.decorateRequest('token')
    api.decorateRequest('stillSignedIn', stillSignedIn)
    api.decorate('signedIn', signedIn)
    api.decorate('administrator', administrator)

    async function signedIn(request: FastifyRequest): Promise<void> {
      const token = api.tokens.verify(tokenOf(request))
      const account = await accountOf(token)
      request.account = account
      request.token = token
      await limit(account.id)
    }

    function stillSignedIn(this: FastifyRequest): Promise<Account> {
      return accountOf(this.token)
    }

    async function accountOf(token: Token): Promise<Account> {
      await api.revocations.current()
      if (api.revocations.has(token.id)) {
        throw new HttpError('session-ended', 'This session was signed out. Sign in again.')
      }
      const account = await api.accounts.find(token.accountId)
      if (!account) throw accountErased()
      return account
    }

    async function administrator({ account }: FastifyRequest): Promise<void> {
      if (account.role !== 'admin') throw administratorsOnly()
    }
  },
  { name: 'signedIn', dependencies: ['accounts', 'revocations', 'rateLimits', 'tokens'] },
)

export function administratorsOnly(): HttpError {
  return new HttpError('administrators-only', 'Only administrators can do this.')
}

function tokenOf(request: FastifyRequest): string {
  const header = request.headers.authorization
  if (header === undefined) throw new HttpError('sign-in-required', 'Sign in to do this.')
  const token = /^Bearer +(\S+)$/i.exec(header)?.[1]
  if (token === undefined) throw new HttpError('invalid-token', 'Send the header “Authorization: Bearer TOKEN”.')
  return token
}
