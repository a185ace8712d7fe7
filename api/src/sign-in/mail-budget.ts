import sql, { type Sql } from 'sql-template-tag'
import type { Query } from '../database/database.ts'

/** Limits for one address and one client: the pause between two emails, and emails in an hour. */
const RESEND_AFTER_S = 30
const MAX_OF_CLIENT = 5
/** Emails to one address in an hour, whoever asks. */
const MAX_TO_ADDRESS = 20
/** Emails for one client in an hour, to addresses without an account. */
const MAX_TO_STRANGERS = 60

/** An advisory lock on the budget: any number that nothing else uses. */
const BUDGET_LOCK = 4_210_002

/** Who asks for an email: the hash of a client network, or of a device that is known for the address (device.ts). */
export type Client = { origin: Buffer; isKnownDevice: boolean }

/** A challenge opened `ageS` seconds ago. `isLive`: its code still works. */
export type RecentChallenge = {
  id: string
  origin: Buffer
  digits: 6 | 12
  isLive: boolean
  ageS: number
  expiresAt: string
}

/**
 * Whole seconds until the address may get another email for this client.
 *
 * @param recent the challenges of the address in the last hour, newest first
 */
export function resendDelayS(
  recent: Pick<RecentChallenge, 'origin' | 'ageS'>[],
  { origin, isKnownDevice }: Client,
): number {
  const own = recent.filter((one) => one.origin.equals(origin))
  const left = (one: { ageS: number } | undefined, periodS: number) => (one ? periodS - one.ageS : 0)
  const delays = [left(own[0], RESEND_AFTER_S), left(own[MAX_OF_CLIENT - 1], 3600)]
  if (!isKnownDevice) delays.push(left(recent[MAX_TO_ADDRESS - 1], 3600))
  return Math.max(0, Math.ceil(Math.max(...delays)))
}

type Room = {
  /** For any address. */
  hasRoom: boolean
  /** For addresses without an account. */
  hasRoomForStrangers: boolean
  hasAccount: boolean
}

/**
 * The budget of emails, counted in PostgreSQL over the last hour: `perHour` in all, half of them to addresses without an
 * account, and 60 of those for one client.
 *
 * Promises: it is never overdrawn, however many requests and workers there are. The statements are the same whether or
 * not an address has an account. Requests that find it used up hold up nobody.
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
     * Takes one email from the budget, in the caller's transaction.
     *
     * @param id of the challenge that the email is for
     * @returns `isGranted` must stay internal: it can reveal whether the address has an account
     */
    async take(query: Query, id: string, email: string, { origin }: Client) {
      const before = await room(query, email, origin)
      // Only a request that can be granted waits for others. The rest take a lock of their own by the same statement.
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

    /** Returns an email that was not sent. */
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
