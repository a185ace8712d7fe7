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
  /** Ends a token. Resolves once that is committed and this worker refuses it. `expiresAt` in seconds since 1970. */
  revoke(token: { id: string; expiresAt: number }): Promise<void>
  has(tokenId: string): boolean
  /** Resolves when this worker knows all that is committed: to be called after accounts were changed. */
  refresh(): Promise<void>
  /** Calls `listener` with the id of each account that was changed or erased. */
  onAccount(listener: (id: string) => void): void
  /** Calls `listener` with the id of each token that was signed out. */
  onToken(listener: (id: string) => void): void
  /**
   * What this worker knows is at most a moment old: at once, or when it has been read.
   *
   * @throws {HttpError} `database-unavailable`, when it cannot be read: then nobody knows which tokens still count
   */
  current(): Promise<void> | undefined
}

/** What was read longer ago than this is not relied on. */
const STALE_AFTER_MS = 2_000

type Row = { id: string; kind: 'token' | 'account'; recordedAt: string; endsAt: number }

/**
 * Which tokens are signed out, and which accounts changed: kept in this worker's memory, read from PostgreSQL.
 *
 * Promises: what is committed counts in every worker within a second, however long its transaction took, and after a
 * restart of everything. Where the database cannot be asked, `current` says so, and no worker goes on by what it knew.
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
    const forgetting = setInterval(() => forget(known), 60_000).unref()

    api.decorate('revocations', {
      async revoke({ id, expiresAt }) {
        await api.database.query(sql`
          insert into revocations (id, kind, expires_at)
          values (${id}, 'token', to_timestamp(${expiresAt + CLOCK_TOLERANCE_S}))
          on conflict (id) do nothing`)
        await follower.look()
      },
      has: (tokenId) => known.get(tokenId)?.kind === 'token',
      refresh: () => follower.look(),
      onAccount: (listener) => void listeners.account.push(listener),
      onToken: (listener) => void listeners.token.push(listener),
      current: () => (performance.now() - readAt < STALE_AFTER_MS ? undefined : (follower.running ?? follower.look())),
    })

    api.sweeper.add(sql`delete from revocations where expires_at < now() - interval '1 minute'`)
    api.addHook('onClose', async () => {
      follower.stop()
      clearInterval(forgetting)
    })
  },
  { name: 'revocations', dependencies: ['database', 'sweeper'] },
)

/** A minute late: clocks of machines may differ. */
function forget(known: Map<string, Row>): void {
  for (const [id, { endsAt }] of known) if (endsAt + 60_000 < Date.now()) known.delete(id)
}
