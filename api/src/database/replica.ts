import type { FastifyBaseLogger } from 'fastify'
import sql from 'sql-template-tag'
import { within } from '../within.ts'
import type { Database } from './database.ts'

type Queries = Pick<Database, 'query'>

type Watched = {
  primary: Queries
  /** With its own connection, so that slow reads do not make the replica look down. */
  replica: Queries
  lagLimitS: number
  log: Pick<FastifyBaseLogger, 'info' | 'warn'>
}

export type Replica = {
  /** Whether the last check reached it and found it close enough to the primary. */
  readonly isUp: boolean
  /** Whether it may be read now: it is up, and certain to have everything committed `lagLimitS` ago. */
  readonly serves: boolean
  /** Seconds behind the primary; infinite until that is known. */
  readonly lagS: number
  /** The answer of a read from it; rejects as soon as a check cannot reach the replica. */
  whileUp<Answer>(answer: Promise<Answer>): Promise<Answer>
  /** Checks it now. Never rejects. */
  check(): Promise<void>
  stop(): void
}

const CHECK_INTERVAL_MS = 1_000
const CHECK_TIMEOUT_MS = 2_000
/** A replica that fell behind serves again below this share of the limit, so that it does not flap. */
const RECOVERY_SHARE = 0.5
/** One position a check, for an hour. */
const MAX_POSITIONS = 3_600

/**
 * Watches how far a replica lags behind its primary.
 *
 * Each second it asks the primary for its WAL position, and then the replica for the position it has replayed. Once the
 * replica reaches that position, it has everything that was committed when the primary was asked. So an idle primary
 * causes no lag, a replica that no longer receives WAL lags as soon as it misses something, the machines' clocks do not
 * matter, and no privileges are needed. Only before a replica was first seen up to date, the lag is estimated from the
 * time of the last transaction it replayed.
 *
 * A server that is no replica (the primary itself, or a logical copy) has no lag.
 *
 * @returns after the first check
 */
export async function watchReplica({ primary, replica, lagLimitS, log }: Watched): Promise<Replica> {
  const reads = new Set<(reason: Error) => void>()
  /** WAL positions that the replica has not reached yet, and when each was last the primary's newest. */
  const pending: { position: bigint; askedAt: number }[] = []
  let upToDateAt = Number.NEGATIVE_INFINITY
  let lagS = Number.POSITIVE_INFINITY
  let isUp: boolean | undefined
  let checking: Promise<void> | undefined
  let timer: NodeJS.Timeout | undefined
  let isStopped = false

  async function askPrimary(): Promise<number> {
    const askedAt = performance.now()
    const [row] = await primary.query<{ position: string }>(
      sql`select pg_wal_lsn_diff(pg_current_wal_flush_lsn(), '0/0')::text as position`,
    )
    const position = BigInt((row as { position: string }).position)
    const newest = pending.at(-1)
    // A promoted primary may be behind the previous one.
    if (newest && position < newest.position) pending.length = 0
    if (newest?.position === position) newest.askedAt = askedAt
    else pending.push({ position, askedAt })
    if (pending.length > MAX_POSITIONS) pending.splice(1, 1)
    return askedAt
  }

  async function askReplica(): Promise<void> {
    const [row] = await replica.query<{ isReplica: boolean; replayed: string | null; ageS: number | null }>(sql`
      select pg_is_in_recovery() as "isReplica",
        pg_wal_lsn_diff(pg_last_wal_replay_lsn(), '0/0')::text as replayed,
        extract(epoch from clock_timestamp() - pg_last_xact_replay_timestamp())::float8 as "ageS"`)
    const { isReplica, replayed, ageS } = row as NonNullable<typeof row>
    const reached = BigInt(replayed ?? 0)
    while (pending[0] && (!isReplica || pending[0].position <= reached)) upToDateAt = pending.shift()?.askedAt as number
    if (upToDateAt === Number.NEGATIVE_INFINITY && ageS !== null) upToDateAt = performance.now() - ageS * 1_000
  }

  async function checkOnce(): Promise<void> {
    const asked = await within(CHECK_TIMEOUT_MS, askPrimary()).catch((error: Error) => error)
    try {
      await within(CHECK_TIMEOUT_MS, askReplica())
    } catch (error) {
      lagS = secondsSince(upToDateAt, performance.now())
      setUp(false, { err: error, lagS: shown(lagS) }, 'the replica is away')
      for (const reject of reads) reject(new Error('the replica is away'))
      return
    }
    // Without the primary the lag is unknown; `serves` ends by itself if that lasts.
    if (typeof asked !== 'number') return setUp(isUp ?? false, { err: asked }, 'the primary is away')
    lagS = secondsSince(upToDateAt, asked)
    setUp(lagS <= lagLimitS * (isUp === false ? RECOVERY_SHARE : 1), { lagS: shown(lagS) }, 'the replica is behind')
  }

  /** Logs each change in one line. */
  function setUp(now: boolean, facts: object, why: string): void {
    if (isStopped || isUp === now) return
    if (!now) log.warn(facts, `${why}, everybody’s lists, statistics and exports are read from the primary`)
    else if (isUp === false) log.info(facts, 'the replica serves everybody’s lists, statistics and exports again')
    isUp = now
  }

  function check(): Promise<void> {
    clearTimeout(timer)
    checking ??= checkOnce().finally(() => {
      checking = undefined
      if (!isStopped) timer = setTimeout(check, CHECK_INTERVAL_MS).unref()
    })
    return checking
  }

  await check()
  return {
    get isUp() {
      return isUp === true
    },
    get serves() {
      return isUp === true && secondsSince(upToDateAt, performance.now()) <= lagLimitS
    },
    get lagS() {
      return lagS
    },
    async whileUp(answer) {
      const { promise: away, reject } = Promise.withResolvers<never>()
      reads.add(reject)
      try {
        return await Promise.race([answer, away])
      } finally {
        reads.delete(reject)
      }
    },
    check,
    stop() {
      isStopped = true
      clearTimeout(timer)
    },
  }
}

function secondsSince(time: number, now: number): number {
  return Math.max(0, now - time) / 1_000
}

/** JSON has no infinity. */
function shown(seconds: number): number | string {
  return Number.isFinite(seconds) ? Math.round(seconds * 10) / 10 : 'unknown'
}
