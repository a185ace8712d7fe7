import fp from 'fastify-plugin'
import sql, { type Sql } from 'sql-template-tag'
import { followTable } from '../database/follow-table.ts'
import { CLOCK_TOLERANCE_S } from './tokens.ts'

declare module 'fastify' {
  interface FastifyInstance {
    revocations: Revocations
  }
}

type Revocations = {
  /** Revokes a token. Resolves once that is committed and this worker rejects it. `expiresAt` is in seconds since 1970. */
  revoke(token: { id: string; expiresAt: number }): Promise<void>
  has(tokenId: string): boolean
  /** Resolves when this worker knows all that is committed. Call it after a change to accounts. */
  refresh(): Promise<void>
  /** Calls `listener` with the id of each account that was changed or erased. */
  onAccount(listener: (id: string) => void): void
  /** Calls `listener` with the id of each token that was revoked. */
  onToken(listener: (id: string) => void): void
  /**
   * Makes sure that this worker knows everything up to two seconds ago. Usually it does, and nothing is awaited.
   *
   * @throws {HttpError} `database-unavailable`: then no token can be accepted
   */
  ensureFresh(): Promise<void> | undefined
}

const STALE_AFTER_MS = 2_000

type Row = { id: string; kind: 'token' | 'account'; recordedAt: string; endsAt: number }

/**
 * The revoked tokens and changed accounts, read from PostgreSQL into this worker's memory.
 *
 * Promises: a commit takes effect in every worker within a second, however long its transaction took, and still counts
 * after a restart of everything. If the database cannot be read, `ensureFresh` rejects: no worker relies on stale data.
 */
export const revocations = fp(
  async (api) => {
    const known = new Map<string, Row>()
    const listeners: Record<Row['kind'], ((id: string) => void)[]> = { account: [], token: [] }
    let readAt = Number.NEGATIVE_INFINITY

    async function read(maxAge: Sql): Promise<void> {
      const begun = performance.now()
      const rows = await api.database.query<Row>(sql`
        select id, kind, recorded_at::text as "recordedAt", extract(epoch from expires_at)::float8 * 1000 as "endsAt"
        from revocations where age(xmin) <= ${maxAge} and expires_at > now()`)
      for (const row of rows) {
        if (known.get(row.id)?.recordedAt === row.recordedAt) continue
        known.set(row.id, row)
        for (const listener of listeners[row.kind]) listener(row.id)
      }
      readAt = begun
    }

    const follower = followTable(api.database, 'revocations', read, api.log)
    const pruning = setInterval(() => prune(known), 60_000).unref()

    api.decorate('revocations', {
      async revoke({ id, expiresAt }) {
        await api.database.query(sql`
          insert into revocations (id, kind, expires_at)
          values (${id}, 'token', to_timestamp(${expiresAt + CLOCK_TOLERANCE_S}))
          on conflict (id) do nothing`)
        await follower.poll()
      },
      has: (tokenId) => known.get(tokenId)?.kind === 'token',
      refresh: () => follower.poll(),
      onAccount: (listener) => void listeners.account.push(listener),
      onToken: (listener) => void listeners.token.push(listener),
      ensureFresh: () =>
        performance.now() - readAt < STALE_AFTER_MS ? undefined : (follower.running ?? follower.poll()),
    })

    api.sweeper.add(sql`delete from revocations where expires_at < now() - interval '1 minute'`)
    api.addHook('onClose', async () => {
      follower.stop()
      clearInterval(pruning)
    })
  },
  { name: 'revocations', dependencies: ['database', 'sweeper'] },
)

/** Removes what has expired, a minute late because clocks may differ. */
function prune(known: Map<string, Row>): void {
  for (const [id, { endsAt }] of known) if (endsAt + 60_000 < Date.now()) known.delete(id)
}
