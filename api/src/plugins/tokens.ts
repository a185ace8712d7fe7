import { createHash, createSecretKey, type KeyObject, randomUUID } from 'node:crypto'
import fp from 'fastify-plugin'
import { errors, jwtVerify, SignJWT } from 'jose'
import { Unauthorized } from './refusals.ts'

declare module 'fastify' {
  interface FastifyInstance {
    tokens: Tokens
  }
}

export type Tokens = {
  /** A token for an account. `expiresAt` is ISO 8601 in UTC, to the second. */
  sign(accountId: string): Promise<{ token: string; expiresAt: string }>
  /** The account a token speaks for. @throws {Unauthorized} when the token is not ours, or no longer */
  verify(token: string): Promise<string>
}

const ALGORITHM = 'HS256'
/** Clocks of several machines may differ by so many seconds. */
const CLOCK_TOLERANCE = 5
const LONGEST_TOKEN = 4096

/**
 * Signed tokens (JWT, RFC 7519) by HS256 and nothing else. The first secret signs; each of them verifies
 * the tokens whose `kid` names it, so secrets can be changed without signing anybody out.
 *
 * @param lifetime in seconds
 */
export const tokens = fp<{ secrets: readonly string[]; lifetime: number }>(
  async (api, { secrets, lifetime }) => {
    const keys = new Map(secrets.map((secret) => [keyId(secret), createSecretKey(secret, 'utf8')]))
    const [newest] = keys as Iterable<[string, KeyObject]>
    if (!newest) throw new Error('Tokens need a secret.')
    const [kid, key] = newest

    const keyOf = (header: { kid?: string | undefined }): KeyObject => {
      const named = keys.get(header.kid ?? '')
      if (!named) throw new errors.JWSInvalid('No secret of that name.')
      return named
    }

    api.decorate('tokens', {
      async sign(accountId) {
        const now = Math.floor(Date.now() / 1000)
        const token = await new SignJWT()
          .setProtectedHeader({ alg: ALGORITHM, kid, typ: 'JWT' })
          .setSubject(accountId)
          .setJti(randomUUID())
          .setIssuedAt(now)
          .setNotBefore(now)
          .setExpirationTime(now + lifetime)
          .sign(key)
        return { token, expiresAt: new Date((now + lifetime) * 1000).toISOString() }
      },

      async verify(token) {
        if (token.length > LONGEST_TOKEN) throw new Unauthorized('The token is too long.')
        try {
          const { payload } = await jwtVerify(token, keyOf, {
            algorithms: [ALGORITHM],
            clockTolerance: CLOCK_TOLERANCE,
            requiredClaims: ['sub', 'iat', 'nbf', 'exp', 'jti'],
          })
          return payload.sub as string
        } catch (error) {
          if (error instanceof errors.JWTExpired) throw new Unauthorized('Your sign-in has expired. Sign in again.')
          if (error instanceof errors.JOSEError) throw new Unauthorized('The token is not valid. Sign in again.')
          throw error
        }
      },
    })
  },
  { name: 'tokens' },
)

/** The name of a secret in the tokens it signs; it tells nothing of the secret. */
export function keyId(secret: string): string {
  return createHash('sha256').update(secret).digest('hex').slice(0, 8)
}
