import type { ApiTokenScope } from '@jotc/core/api/sessions'
import fp from 'fastify-plugin'
import sql from 'sql-template-tag'
import { HttpError } from '../http/errors.ts'
import { newSecret, secretLookup } from './secrets.ts'

declare module 'fastify' {
  interface FastifyInstance {
    apiTokens: {
      /**
       * Finds the API token of this text, and records its use.
       *
       * @throws {HttpError} `invalid-token`, `session-expired` or `session-ended`
       */
      use(token: string): ApiToken | Promise<ApiToken>
    }
  }
  interface FastifyContextConfig {
    /** The scope that an API token needs. Without it, the route takes no API tokens. */
    scope?: ApiTokenScope
  }
}

/** A token for a script. `expiresAt` is in seconds since 1970. */
export type ApiToken = {
  kind: 'apiToken'
  id: string
  accountId: string
  scope: ApiTokenScope
  expiresAt: number
  usedAtMs: number
}

/** Secret scanners recognise tokens by it. */
const PREFIX = 'jotc_'
const SHAPE = /^jotc_[\w-]{43}$/

export function newApiToken(): string {
  return PREFIX + newSecret()
}

export function isApiToken(token: string): boolean {
  return token.startsWith(PREFIX)
}

/**
 * Tokens for scripts, as rows of PostgreSQL. They act for their account on the routes that their scope covers
 * (`config.scope`), until they expire or are deleted. A deletion takes effect in every worker within a second.
 */
export const apiTokens = fp(
  async (api) => {
    async function read(hash: Buffer): Promise<ApiToken> {
      const [row] = await api.database.query<Omit<ApiToken, 'kind'>>(sql`
        select id, user_id as "accountId", scope, extract(epoch from expires_at)::float8 as "expiresAt",
          coalesce(extract(epoch from used_at) * 1000, 0)::float8 as "usedAtMs"
        from api_tokens where hash = ${hash}`)
      if (!row) throw new HttpError('session-ended', 'This API token was deleted.')
      return { kind: 'apiToken', ...row }
    }

    const find = secretLookup<ApiToken>(api, 'api_tokens', read, ({ expiresAt }, nowMs) => {
      if (nowMs >= expiresAt * 1000) throw new HttpError('session-expired', 'This API token has expired.')
    })

    api.decorate('apiTokens', {
      use(token) {
        if (!SHAPE.test(token)) throw new HttpError('invalid-token', 'This is not an API token.')
        return find(token)
      },
    })
  },
  { name: 'apiTokens', dependencies: ['database', 'revocations', 'errorHandler'] },
)

/** @throws {HttpError} `scope-missing` */
export function requireScope({ scope }: ApiToken, needed: ApiTokenScope | undefined): void {
  if (needed === 'read' || (needed === 'record' && scope === 'record')) return
  throw new HttpError(
    'scope-missing',
    needed === undefined ? 'No API token can do this. Sign in.' : 'This API token is for reading only.',
  )
}
