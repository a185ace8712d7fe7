import sql, { type Sql } from 'sql-template-tag'
import type { Query } from '../database/database.ts'

/** To one address, asked for by one client: the pause between two emails, and how many in an hour. */
const RESEND_AFTER_S = 30
const MAX_OF_CLIENT = 5
/** To one address in an hour, whoever asks. */
const MAX_TO_ADDRESS = 20
/** In an hour for one client, to addresses without an account. */
const MAX_TO_STRANGERS = 60

/** Guards the counts of the budget (an advisory lock; any number that nothing else uses). */
const BUDGET_LOCK = 4_210_002

/**
 * Who asks for an email: the hash of a client network, or of a device on which somebody has signed in with the
 * address. Such a device has limits of its own.
 */
export type Client = { origin: Buffer; isKnownDevice: boolean }

/** A sign-in that was opened `ageS` seconds ago. `isLive`: its code may still be proven. */
export type Opened = {
  id: string
  origin: Buffer
  digits: 6 | 12
  isLive: boolean
  ageS: number
  expiresAt: string
}

/**
 * Whole seconds until the address gets another email for this client.
 *
 * @param opened what was opened for the address in the last hour, the newest first
 */
export function waitFor(opened: Pick<Opened, 'origin' | 'ageS'>[], { origin, isKnownDevice }: Client): number {
  const own = opened.filter((one) => one.origin.equals(origin))
  const left = (one: { ageS: number } | undefined, periodS: number) => (one ? periodS - one.ageS : 0)
  const waits = [left(own[0], RESEND_AFTER_S), left(own[MAX_OF_CLIENT - 1], 3600)]
  if (!isKnownDevice) waits.push(left(opened[MAX_TO_ADDRESS - 1], 3600))
  return Math.max(0, Math.ceil(Math.max(...waits)))
}

type Room = {
  /** For anybody. */
  hasRoom: boolean
  /** For addresses without an account. */
  hasRoomForStrangers: boolean
  hasAccount: boolean
}

/**
 * All emails of the service, counted in PostgreSQL for the last hour: `perHour` of them, half of which may go to
 * addresses without an account, and 60 of these may be asked for by one client.
 *
 * Promises: the budget is never overdrawn, however many ask at once and however many workers there are. Whether an
 * address has an account changes no statement. Who finds the budget used up holds up nobody else.
 */
export function mailBudget(perHour: number) {
  async function room(query: Query, email: string, origin: Buffer): Promise<Room> {
    const [counted] = await query<Room>(sql`
      select (${sent(sql`true`)}) < ${perHour} as "hasRoom",
        (${sent(sql`not has_account`)}) < ${Math.ceil(perHour / 2)}
          and (${sent(sql`not has_account and origin = ${origin}`)}) < ${MAX_TO_STRANGERS} as "hasRoomForStrangers",
        exists (select from users where users.email = ${email}) as "hasAccount"`)
    return counted as Room
  }

  return {
    /**
     * Takes one email from the budget, in a transaction.
     *
     * @param id of the sign-in that the email is for
     * @returns `isGranted` is for nobody outside: it tells whether the address has an account
     */
    async take(query: Query, id: string, email: string, { origin }: Client) {
      const before = await room(query, email, origin)
      // Only who can be granted one waits for others; who cannot runs the same statement with a lock of its own.
      const lock = isGranted(before) ? sql`${BUDGET_LOCK}` : sql`hashtextextended(${id}, 0)`
      await query(sql`select pg_advisory_xact_lock(${lock})`)
      const now = await room(query, email, origin)
      const granted = isGranted(before) && isGranted(now)
      await query(sql`
        insert into mails (id, origin, has_account)
        select ${id}::uuid, ${origin}::bytea, ${now.hasAccount}::boolean where ${granted}`)
      return {
        isGranted: granted,
        hasRoom: before.hasRoom && now.hasRoom,
        hasRoomForStrangers: before.hasRoomForStrangers && now.hasRoomForStrangers,
      }
    },

    /** An email that was not sent does not count. */
    async giveBack(query: Query, id: string): Promise<void> {
      await query(sql`delete from mails where id = ${id}`)
    },
  }
}

function isGranted({ hasRoom, hasRoomForStrangers, hasAccount }: Room): boolean {
  return hasRoom && (hasAccount || hasRoomForStrangers)
}

function sent(condition: Sql): Sql {
  return sql`select count(*) from mails where created_at > now() - interval '1 hour' and ${condition}`
}
