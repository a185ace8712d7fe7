import { hash, randomUUID } from 'node:crypto'
import { createDecoder, createSigner, createVerifier, TokenError } from 'fast-jwt'
import fp from 'fastify-plugin'
import { HttpError } from '../http/errors.ts'
import { lruCache } from '../lru-cache.ts'
import type { Account } from './accounts.ts'

declare module 'fastify' {
  interface FastifyInstance {
    tokens: Tokens
  }
}

/** The claims of a token. Times are in seconds since 1970. */
export type Token = { kind: 'token'; id: string; accountId: string; issuedAt: number; expiresAt: number }

export type Tokens = {
  /** Signs a token for an account. `expiresAt` is ISO 8601 in UTC, to the second. */
  sign(account: Pick<Account, 'id' | 'signedOutAtMs'>): { token: string; expiresAt: string }
  /**
   * The claims of a valid token, whether or not it was revoked (revocations.ts).
   *
   * @throws {HttpError} `invalid-token` or `session-expired`
   */
  verify(token: string): Token
}

const ALGORITHM = 'HS256'
/** How far the clocks of machines may differ. */
export const CLOCK_TOLERANCE_S = 5
/** How far `nbf` lies in the past, so that a machine whose clock is behind accepts a new token. */
const NOT_BEFORE_SKEW_S = 30
const MAX_TOKEN_LENGTH = 4096
const MAX_CACHED_TOKENS = 20_000
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/**
 * Signed tokens (JWT, RFC 7519), HS256 only. The first secret signs; each secret verifies the tokens whose `kid` names
 * it, so secrets can be rotated without signing anybody out. Valid tokens are verified once and cached until they
 * expire. Invalid ones are never cached, so they cannot evict valid ones.
 */
export const tokens = fp<{ secrets: readonly string[]; lifetimeS: number }>(
  async (api, { secrets, lifetimeS }) => {
    const [newest] = secrets
    if (newest === undefined) throw new Error('Tokens need a secret.')
    const sign = createSigner({ key: newest, algorithm: ALGORITHM, kid: keyId(newest) })
    const decode = createDecoder({ complete: true })
    const verifiers = new Map(secrets.map((secret) => [keyId(secret), verifierFor(secret)]))
    const cache = lruCache<string, Token>(MAX_CACHED_TOKENS)

    function verified(token: string): Token {
      const { kid, crit } = decode(token).header
      const verify = verifiers.get(kid)
      if (!verify || crit !== undefined) throw new Error('unknown kid, or an extension (crit)')
      const { jti, sub, iat, exp } = verify(token)
      return { kind: 'token', id: jti, accountId: sub, issuedAt: iat, expiresAt: exp }
    }

    api.decorate('tokens', {
      sign({ id, signedOutAtMs }) {
        // Never before the account was signed out everywhere: not within the same second, nor by a clock that is behind.
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

/** The `kid` of a secret. It reveals nothing about the secret. */
export function keyId(secret: string): string {
  return hash('sha256', secret).slice(0, 8)
}
