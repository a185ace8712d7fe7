import { hash, randomUUID } from 'node:crypto'
import { createDecoder, createSigner, createVerifier, TokenError } from 'fast-jwt'
import fp from 'fastify-plugin'
import { cacheOf } from '../cache.ts'
import { HttpError } from '../http/errors.ts'
import type { Account } from './accounts.ts'

declare module 'fastify' {
  interface FastifyInstance {
    tokens: Tokens
  }
}

/** What a token says. Times are in seconds since 1970. */
export type Token = { kind: 'token'; id: string; accountId: string; issuedAt: number; expiresAt: number }

export type Tokens = {
  /** A token for an account. `expiresAt` is ISO 8601 in UTC, to the second. */
  sign(account: Pick<Account, 'id' | 'signedOutAtMs'>): { token: string; expiresAt: string }
  /**
   * What a token says, whether or not it was signed out (revocations.ts).
   *
   * @throws {HttpError} `invalid-token` or `session-expired`
   */
  verify(token: string): Token
}

const ALGORITHM = 'HS256'
/** Clocks of several machines may differ by this much. */
export const CLOCK_TOLERANCE_S = 5
/** `nbf` lies this far in the past, so that a machine whose clock is behind accepts a new token at once. */
const NOT_BEFORE_SKEW_S = 30
const MAX_TOKEN_LENGTH = 4096
const MAX_CACHED_TOKENS = 20_000
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/**
 * Signed tokens (JWT, RFC 7519) by HS256 and nothing else. The first secret signs; each secret verifies the tokens
 * whose `kid` names it, so secrets can be rotated without signing anybody out. A token is verified once and then
 * cached until it expires; a text that is not a valid token is never cached, so it cannot push out one that is.
 *
 * @param lifetimeS in seconds
 */
export const tokens = fp<{ secrets: readonly string[]; lifetimeS: number }>(
  async (api, { secrets, lifetimeS }) => {
    const [newest] = secrets
    if (newest === undefined) throw new Error('Tokens need a secret.')
    const sign = createSigner({ key: newest, algorithm: ALGORITHM, kid: keyId(newest) })
    const decode = createDecoder({ complete: true })
    const verifiers = new Map(secrets.map((secret) => [keyId(secret), verifierFor(secret)]))
    const cache = cacheOf<string, Token>(MAX_CACHED_TOKENS)

    function verified(token: string): Token {
      const { kid, crit } = decode(token).header
      const verify = verifiers.get(kid)
      if (!verify || crit !== undefined) throw new Error('unknown kid, or an extension (crit)')
      const { jti, sub, iat, exp } = verify(token)
      return { kind: 'token', id: jti, accountId: sub, issuedAt: iat, expiresAt: exp }
    }

    api.decorate('tokens', {
      sign({ id, signedOutAtMs }) {
        // Issued after the account was signed out everywhere, also within the same second and by a clock that is behind.
        const iat = Math.max(Math.floor(Date.now() / 1000), Math.ceil(signedOutAtMs / 1000))
        const exp = iat + lifetimeS
        const token = sign({ sub: id, jti: randomUUID(), iat, nbf: iat - NOT_BEFORE_SKEW_S, exp })
        return { token, expiresAt: new Date(exp * 1000).toISOString() }
      },

      verify(token) {
        if (token.length > MAX_TOKEN_LENGTH) {
          throw new HttpError('invalid-token', 'The token is longer than 4,096 characters.')
        }
        const cached = cache.get(token)
        if (cached) {
          if (Date.now() / 1000 < cached.expiresAt + CLOCK_TOLERANCE_S) return cached
          cache.delete(token)
        }
        try {
          const checked = verified(token)
          cache.set(token, checked)
          return checked
        } catch (cause) {
          if (cause instanceof TokenError && cause.code === TokenError.codes.expired) {
            throw new HttpError('session-expired', 'Your session has expired. Sign in again.')
          }
          throw new HttpError('invalid-token', 'This token is not valid. Sign in again.', { cause })
        }
      },
    })
  },
  { name: 'tokens' },
)

function verifierFor(secret: string) {
  return createVerifier({
    key: secret,
    algorithms: [ALGORITHM],
    clockTolerance: CLOCK_TOLERANCE_S * 1000,
    requiredClaims: ['sub', 'iat', 'nbf', 'exp', 'jti'],
    allowedSub: UUID,
    allowedJti: UUID,
  })
}

/** The name of a secret in the tokens that it signs. It reveals nothing about the secret. */
export function keyId(secret: string): string {
  return hash('sha256', secret).slice(0, 8)
}
