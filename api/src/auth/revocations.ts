import fp from 'fastify-plugin'
import sql from 'sql-template-tag'
import { CLOCK_TOLERANCE } from './tokens.ts'

declare module 'fastify' {
  interface FastifyInstance {
    revocations: Revocations
  }
}

type Revocations = {
  /** Ends a token. Resolves once that is committed and this worker refuses it. `expiresAt` in seconds since 1970. */
  revoke(token: { id: string; expiresAt: number }): Promise<void>
  has(tokenId: string): boolean
  /** To be called after accounts were changed: resolves when this worker knows, and has told the others. */
  announce(): Promise<void>
  /** Calls `listener` with the id of each account that was changed or erased. */
  onAccount(listener: (id: string) => void): void
  /** Calls `listener` with the id of each token that was signed out. */
  onToken(listener: (id: string) => void): void
  /**
   * What this worker knows is at most a moment old: at once, or when it has been read.
   *
   * @throws {Unavailable} when it cannot be read: then nobody knows which tokens still count
   */
  current(): Promise<void> | undefined
}

const CHANNEL = 'revocations'
/** Milliseconds between two looks. An announcement makes a look at once. */
const LOOK_EVERY = 400
/** What was read longer ago, in milliseconds, is not relied on. */
const STALE_AFTER = 2_000
/** Seconds from a row's time to its commit, at most: such rows turn up behind others that were read before. */
const LATEST_COMMIT = 30

type Row = { id: string; kind: 'token' | 'account'; recordedAt: string; endsAt: number }

/**
 * Which tokens are signed out, and which accounts changed: kept in this worker's memory, read from PostgreSQL.
 *
 * Promises: what is committed counts in every worker within a second, whatever Redis does, and after a restart of
 * everything. Where the database cannot be asked, `current` says so, and no worker goes on by what it knew.
 */
export const revocations = fp(
  async (api) => {
    const known = new Map<string, Row>()
    const listeners: Record<Row['kind'], ((id: string) => void)[]> = { account: [], token: [] }
    let newest: string | undefined
    let readAt = Number.NEGATIVE_INFINITY
    let running: Promise<void> | undefined
    let following: Promise<void> | undefined

    async function load(): Promise<void> {
      const begun = performance.now()
      const isNew = newest
        ? sql`recorded_at > ${newest}::timestamptz - make_interval(secs => ${LATEST_COMMIT})`
        : sql`true`
      const rows = await api.database.query<Row>(sql`
        select id, kind, recorded_at::text as "recordedAt", extract(epoch from expires_at)::float8 * 1000 as "endsAt"
        from revocations where expires_at > now() and ${isNew}
        order by recorded_at`)
      for (const row of rows) {
        if (known.get(row.id)?.recordedAt === row.recordedAt) continue
        known.set(row.id, row)
        for (const listener of listeners[row.kind]) listener(row.id)
      }
      newest = rows.at(-1)?.recordedAt ?? newest
      readAt = begun
    }

    /** Reads what is committed now: a reading that runs already may have begun before. */
    function read(): Promise<void> {
      if (running !== undefined) {
        following ??= running.catch(ignored).then(() => {
          following = undefined
          return read()
        })
        return following
      }
      running = load().finally(() => {
        running = undefined
      })
      return running
    }

    async function announce(): Promise<void> {
      await Promise.all([read(), api.store.publish(CHANNEL, '')])
    }

    api.decorate('revocations', {
      async revoke({ id, expiresAt }) {
        await api.database.query(sql`
          insert into revocations (id, kind, expires_at)
          values (${id}, 'token', to_timestamp(${expiresAt + CLOCK_TOLERANCE}))
          on conflict (id) do nothing`)
        await announce()
      },
      has: (tokenId) => known.get(tokenId)?.kind === 'token',
      announce,
      onAccount: (listener) => void listeners.account.push(listener),
      onToken: (listener) => void listeners.token.push(listener),
      current: () => (performance.now() - readAt < STALE_AFTER ? undefined : (running ?? read())),
    })

    const look = () => void read().catch(ignored)
    const timer = setInterval(() => running ?? look(), LOOK_EVERY).unref()
    const leave = await api.store.subscribe(CHANNEL, look)
    const unwatch = api.store.onChange((state) => {
      if (state === 'up') look()
    })
    const forgetting = setInterval(() => forget(known), 60_000).unref()
    api.sweeper.add(sql`delete from revocations where expires_at < now() - interval '1 minute'`)
    api.addHook('onClose', async () => {
      clearInterval(timer)
      clearInterval(forgetting)
      leave()
      unwatch()
    })
  },
  { name: 'revocations', dependencies: ['database', 'store', 'sweeper'] },
)

/** A minute late: clocks of machines may differ. */
function forget(known: Map<string, Row>): void {
  for (const [id, { endsAt }] of known) if (endsAt + 60_000 < Date.now()) known.delete(id)
}

/** Whoever needs it asks `current`, and is told. */
function ignored(): void {}
