import { createHmac, createSecretKey, hash, type KeyObject, randomUUID } from 'node:crypto'
import fp from 'fastify-plugin'
import { errors, jwtVerify } from 'jose'
import { LRUCache } from 'lru-cache'
import { HttpError } from '../http/errors.ts'

declare module 'fastify' {
  interface FastifyInstance {
    tokens: Tokens
  }
}

/** What a token says. `expiresAt` is in seconds since 1970. */
export type Token = { id: string; accountId: string; expiresAt: number }

export type Tokens = {
  /** A token for an account. `expiresAt` is ISO 8601 in UTC, to the second. */
  sign(accountId: string): { token: string; expiresAt: string }
  /**
   * What a token says, whether or not it was signed out (see revocations.ts).
   *
   * @throws {HttpError} when the token is not ours, or no longer
   */
  verify(token: string): Promise<Token>
}

const ALGORITHM = 'HS256'
/** Clocks of several machines may differ by so many seconds. */
export const CLOCK_TOLERANCE = 5
/** A token holds from so many seconds before it is made: a machine whose clock is behind takes it at once. */
const HOLDS_SINCE = 30
const LONGEST_TOKEN = 4096
/** What we put into `sub`. */
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
/** Tokens whose signature was checked; of all the texts that are no tokens none is kept. */
const MOST_KEPT = 20_000

/**
 * Signed tokens (JWT, RFC 7519) by HS256 and nothing else. The first secret signs; each of them verifies
 * the tokens whose `kid` names it, so secrets can be changed without signing anybody out. A token is checked
 * once and then known by its text, until it expires.
 *
 * @param lifetime in seconds
 */
export const tokens = fp<{ secrets: readonly string[]; lifetime: number }>(
  async (api, { secrets, lifetime }) => {
    const keys = new Map(secrets.map((secret) => [keyId(secret), createSecretKey(secret, 'utf8')]))
    const [newest] = keys as Iterable<[string, KeyObject]>
    if (!newest) throw new Error('Tokens need a secret.')
    const [kid, key] = newest
    // Signed by Node itself, as RFC 7515 has it: a sign-in then takes 30 µs less (bench: login). Jose checks them.
    const header = encoded({ alg: ALGORITHM, kid, typ: 'JWT' })

    const keyOf = (header: { kid?: string | undefined }): KeyObject => {
      const named = keys.get(header.kid ?? '')
      if (!named) throw new errors.JWSInvalid('No secret of that name.')
      return named
    }

    const kept = new LRUCache<string, Token>({ max: MOST_KEPT })

    api.decorate('tokens', {
      sign(accountId) {
        const now = Math.floor(Date.now() / 1000)
        const exp = now + lifetime
        const claims = encoded({ sub: accountId, jti: randomUUID(), iat: now, nbf: now - HOLDS_SINCE, exp })
        const signature = createHmac('sha256', key).update(`${header}.${claims}`, 'latin1').digest('base64url')
        return { token: `${header}.${claims}.${signature}`, expiresAt: new Date(exp * 1000).toISOString() }
      },

      async verify(token) {
        if (token.length > LONGEST_TOKEN)
          throw new HttpError('invalid-token', 'The token is longer than 4,096 characters.')
        const known = kept.get(token)
        if (known) {
          if (Date.now() / 1000 < known.expiresAt + CLOCK_TOLERANCE) return known
          kept.delete(token)
        }
        try {
          const { payload } = await jwtVerify(token, keyOf, {
            algorithms: [ALGORITHM],
            clockTolerance: CLOCK_TOLERANCE,
            requiredClaims: ['sub', 'iat', 'nbf', 'exp', 'jti'],
          })
          const { jti, sub, exp } = payload as { jti: string; sub: string; exp: number }
          if (!UUID.test(sub) || typeof jti !== 'string') throw new errors.JWTInvalid('Its claims are not of ours.')
          const checked = { id: jti, accountId: sub, expiresAt: exp }
          kept.set(token, checked)
          return checked
        } catch (error) {
          if (error instanceof errors.JWTExpired) {
            throw new HttpError('session-expired', 'Your session has expired. Sign in again.')
          }
          if (error instanceof errors.JOSEError)
            throw new HttpError('invalid-token', 'This token is not valid. Sign in again.')
          throw error
        }
      },
    })
  },
  { name: 'tokens' },
)

/** What a token says is ASCII; so it takes less time than as UTF-8. */
function encoded(part: object): string {
  return Buffer.from(JSON.stringify(part), 'latin1').toString('base64url')
}

/** The name of a secret in the tokens it signs; it tells nothing of the secret. */
export function keyId(secret: string): string {
  return hash('sha256', secret).slice(0, 8)
}
