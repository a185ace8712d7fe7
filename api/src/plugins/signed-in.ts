import type { FastifyRequest, onRequestAsyncHookHandler } from 'fastify'
import fp from 'fastify-plugin'
import type { Account } from './accounts.ts'
import { Unauthorized } from './refusals.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** An `onRequest` hook: the route is for people who are signed in; `request.account` is who asks. */
    signedIn: onRequestAsyncHookHandler
  }
  interface FastifyRequest {
    /** Who asks; only on routes with the hook `signedIn`. */
    account: Account
  }
}

/** The `security` of a route with the hook `signedIn`, for its OpenAPI description. */
export const BEARER = [{ bearerAuth: [] }]

/**
 * Knows who asks by the token in the `Authorization` header, and nowhere else. The account is read from
 * the database, so an erased account is refused and a changed role counts at once.
 */
export const signedIn = fp(
  async (api) => {
    api.decorateRequest('account')
    api.decorate('signedIn', async (request) => {
      const account = await api.accounts.find(await api.tokens.verify(tokenOf(request)))
      if (!account) throw new Unauthorized('This account does not exist any more.')
      request.account = account
    })
  },
  { name: 'signedIn', dependencies: ['accounts', 'tokens'] },
)

function tokenOf(request: FastifyRequest): string {
  const header = request.headers.authorization
  if (header === undefined) throw new Unauthorized('Sign in to do this.')
  const token = /^Bearer +(\S+)$/i.exec(header)?.[1]
  if (token === undefined) throw new Unauthorized('The Authorization header is not “Bearer TOKEN”.')
  return token
}
