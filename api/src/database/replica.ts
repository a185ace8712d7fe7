import type { FastifyBaseLogger } from 'fastify'
import sql from 'sql-template-tag'
import { within } from '../within.ts'
import type { Database } from './database.ts'

type Queries = Pick<Database, 'query'>

type Watched = {
  primary: Queries
  /** On a connection of its own: slow reads must not look like a replica that is away. */
  replica: Queries
  lagLimitS: number
  log: Pick<FastifyBaseLogger, 'info' | 'warn'>
}

export type Replica = {
  /** Whether it was reached and near enough when it was looked at last, as the log says. */
  readonly isUp: boolean
  /** Whether it may be read now: it is up and surely has all that was committed up to `lagLimitS` ago. */
  readonly serves: boolean
  /** Seconds: what was committed earlier can be read there. Infinite before that is known. */
  readonly lagS: number
  /** The answer of a read there; rejects as soon as the replica is found to be away. */
  whileThere<Answer>(answer: Promise<Answer>): Promise<Answer>
  /** Looks at it now. Never rejects. */
  look(): Promise<void>
  stop(): void
}

const LOOK_INTERVAL_MS = 1_000
const LOOK_TIMEOUT_MS = 2_000
/** Once it was too far behind it serves again below this share of the limit, so that it does not come and go. */
const RETURN_BELOW = 0.5
/** As many positions as there are looks in an hour. */
const MAX_POSITIONS = 3_600

/**
 * Watches how far a replica is behind its primary.
 *
 * Each second it asks the primary how far its log reaches, and then the replica how far it has replayed it. Once
 * that position is replayed, the replica has all that was committed when the primary was asked. So an idle primary is
 * no lag, a replica that receives nothing any more has some as soon as it misses something, the clocks of the machines
 * do not count, and a role without privileges can ask. Only of a replica that was never seen up to date the time of
 * the last transaction that it replayed is believed.
 *
 * A server that is no replica (the primary itself, or a logical copy) has no lag.
 *
 * @returns when it was looked at once
 */
export async function watchReplica({ primary, replica, lagLimitS, log }: Watched): Promise<Replica> {
  const reads = new Set<(reason: Error) => void>()
  /** Positions in the primary's log that the replica has not reached yet, and when that was last the newest one. */
  const ahead: { position: bigint; askedAt: number }[] = []
  let upToDateAt = Number.NEGATIVE_INFINITY
  let lagS = Number.POSITIVE_INFINITY
  let isUp: boolean | undefined
  let looking: Promise<void> | undefined
  let timer: NodeJS.Timeout | undefined
  let isStopped = false

  async function askPrimary(): Promise<number> {
    const askedAt = performance.now()
    const [row] = await primary.query<{ position: string }>(
      sql`select pg_wal_lsn_diff(pg_current_wal_flush_lsn(), '0/0')::text as position`,
    )
    const position = BigInt((row as { position: string }).position)
    const newest = ahead.at(-1)
    // A primary that was promoted may not reach as far as the one before.
    if (newest && position < newest.position) ahead.length = 0
    if (newest?.position === position) newest.askedAt = askedAt
    else ahead.push({ position, askedAt })
    if (ahead.length > MAX_POSITIONS) ahead.splice(1, 1)
    return askedAt
  }

  async function askReplica(): Promise<void> {
    const [row] = await replica.query<{ isReplica: boolean; replayed: string | null; ageS: number | null }>(sql`
      select pg_is_in_recovery() as "isReplica",
        pg_wal_lsn_diff(pg_last_wal_replay_lsn(), '0/0')::text as replayed,
        extract(epoch from clock_timestamp() - pg_last_xact_replay_timestamp())::float8 as "ageS"`)
    const { isReplica, replayed, ageS } = row as NonNullable<typeof row>
    const reached = BigInt(replayed ?? 0)
    while (ahead[0] && (!isReplica || ahead[0].position <= reached)) upToDateAt = ahead.shift()?.askedAt as number
    if (upToDateAt === Number.NEGATIVE_INFINITY && ageS !== null) upToDateAt = performance.now() - ageS * 1_000
  }

  async function lookOnce(): Promise<void> {
    const asked = await within(LOOK_TIMEOUT_MS, askPrimary()).catch((error: Error) => error)
    try {
      await within(LOOK_TIMEOUT_MS, askReplica())
    } catch (error) {
      lagS = secondsSince(upToDateAt, performance.now())
      tell(false, { err: error, lagS: shown(lagS) }, 'the replica is away')
      for (const reject of reads) reject(new Error('the replica is away'))
      return
    }
    // Where the primary is away nobody knows; `serves` ends by itself when that lasts.
    if (typeof asked !== 'number') return tell(isUp ?? false, { err: asked }, 'the primary is away')
    lagS = secondsSince(upToDateAt, asked)
    tell(lagS <= lagLimitS * (isUp === false ? RETURN_BELOW : 1), { lagS: shown(lagS) }, 'the replica is behind')
  }

  /** One line when it begins and one when it ends. */
  function tell(now: boolean, facts: object, why: string): void {
    if (isStopped || isUp === now) return
    if (!now) log.warn(facts, `${why}, everybody’s lists, statistics and exports are read from the primary`)
    else if (isUp === false) log.info(facts, 'the replica serves everybody’s lists, statistics and exports again')
    isUp = now
  }

  function look(): Promise<void> {
    clearTimeout(timer)
    looking ??= lookOnce().finally(() => {
      looking = undefined
      if (!isStopped) timer = setTimeout(look, LOOK_INTERVAL_MS).unref()
    })
    return looking
  }

  await look()
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
    async whileThere(answer) {
      const { promise: away, reject } = Promise.withResolvers<never>()
      reads.add(reject)
      try {
        return await Promise.race([answer, away])
      } finally {
        reads.delete(reject)
      }
    },
    look,
    stop() {
      isStopped = true
      clearTimeout(timer)
    },
  }
}

/** Between two times of `performance.now()`. */
function secondsSince(time: number, now: number): number {
  return Math.max(0, now - time) / 1_000
}

/** JSON knows no infinity. */
function shown(seconds: number): number | string {
  return Number.isFinite(seconds) ? Math.round(seconds * 10) / 10 : 'unknown'
}
