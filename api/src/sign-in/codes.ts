import { randomUUIDv7 } from 'node:crypto'
import type { Details } from '@jotc/core/person'
import sql from 'sql-template-tag'
import type { Database, Query } from '../database/database.ts'
import { HttpError, tooMany } from '../http/errors.ts'
import { type CodeKeys, newCode } from './code-keys.ts'

export const CODE_MINUTES = 10
const MOST_TRIES = 5
/** To one address: seconds between two mails, and mails within an hour. */
const BETWEEN_MAILS = 30
const MOST_MAILS = 5

/** A sign-in that waits for a code. `mail` is there when a new code must be mailed for it. */
export type Opened = {
  challengeId: string
  expiresAt: string
  /** Seconds until another mail may be sent. */
  resendAfter: number
  mail?: { codeId: string; code: string }
}

/** A sign-in whose code was right: not yet used up (see `use`). */
export type Proven = { codeId: string; details: Details }

type Mailed = { id: string; live: boolean; age: number; expiresAt: string }

/**
 * The codes that prove an address.
 *
 * Promises: an address gets at most five mails an hour, 30 s apart, however many ask at once. A code has 10 minutes and
 * five guesses in all, also when they come at the same moment. Who asks before another mail may be sent waits for the
 * code of the newest mail: so a stranger who asks for an address keeps its owner out no longer than that code lives.
 */
export function codes(database: Database, keys: CodeKeys) {
  return {
    /** @throws {HttpError} when no mail may be sent to the address, and no earlier code can be used any more */
    async open({ email, firstName, lastName, birthDate }: Details): Promise<Opened> {
      const [challengeId, codeId, code] = [randomUUIDv7(), randomUUIDv7(), newCode()]
      return await database.transaction(async (query) => {
        await query(sql`select pg_advisory_xact_lock(hashtextextended(${`code:${email}`}, 0))`)
        let mailed = await mailedWithinAnHour(query, email)
        if (waitFor(mailed) === 0) {
          await query(sql`
            insert into codes (id, email, hash, expires_at)
            values (${codeId}, ${email}, ${keys.hash(codeId, code)}, now() + make_interval(mins => ${CODE_MINUTES}))`)
          mailed = await mailedWithinAnHour(query, email)
        }
        const newest = mailed[0]
        if (!newest?.live)
          throw tooMany('too-many-codes', 'We have sent several codes to this address.', waitFor(mailed))
        await query(sql`
          insert into challenges (id, code_id, first_name, last_name, birth_date)
          values (${challengeId}, ${newest.id}, ${firstName}, ${lastName}, ${birthDate})
          on conflict do nothing`)
        const opened = { challengeId, expiresAt: newest.expiresAt, resendAfter: waitFor(mailed) }
        // A transaction whose end was not heard of is done again, and finds its own code.
        return newest.id === codeId ? { ...opened, mail: { codeId, code } } : opened
      })
    },

    /** Takes back a code whose mail could not be sent: it does not count. */
    async withdraw(codeId: string): Promise<void> {
      await database.query(sql`delete from codes where id = ${codeId}`)
    },

    /**
     * Spends one guess.
     *
     * @throws {HttpError} `wrong-code`, saying how many guesses are left
     * @throws {HttpError} `code-over`, when the challenge is unknown, too old, used or out of guesses
     */
    async prove(challengeId: string, code: string): Promise<Proven> {
      const [guess] = await database.query<Details & { codeId: string; hash: Buffer; tries: number }>(sql`
        update codes set tries = tries + 1 from challenges
        where challenges.id = ${challengeId} and codes.id = code_id and tries < ${MOST_TRIES} and expires_at > now()
        returning codes.id as "codeId", hash, tries, email, first_name as "firstName", last_name as "lastName",
          birth_date as "birthDate"`)
      if (!guess) throw challengeOver()
      const { codeId, hash, tries, ...details } = guess
      if (!keys.matches(hash, codeId, code)) throw wrongCode(MOST_TRIES - tries)
      return { codeId, details }
    },

    /** Uses up a proven code, in the transaction of what it is used for. @throws {HttpError} when another request has */
    async use(query: Query, codeId: string): Promise<void> {
      const used = await query(sql`
        update codes set expires_at = created_at where id = ${codeId} and expires_at > now() returning id`)
      if (used.length === 0) throw challengeOver()
      await query(sql`delete from challenges where code_id = ${codeId}`)
    },
  }
}

/** What nobody needs any more: details of sign-ins that are over, and mails that no longer count. */
export const SWEPT_CHALLENGES = sql`
  delete from challenges using codes where codes.id = code_id and codes.expires_at < now()`
export const SWEPT_CODES = sql`delete from codes where created_at < now() - interval '1 hour'`

/** The newest first. `age` is in seconds. */
async function mailedWithinAnHour(query: Query, email: string): Promise<Mailed[]> {
  return await query<Mailed>(sql`
    select id, expires_at > now() and tries < ${MOST_TRIES} as live, expires_at as "expiresAt",
      greatest(0, extract(epoch from now() - created_at)::float8) as age
    from codes where email = ${email} and created_at > now() - interval '1 hour'
    order by created_at desc, id desc`)
}

/** Whole seconds until the next mail may be sent. */
function waitFor(mailed: Mailed[]): number {
  const newest = mailed[0]
  if (!newest) return 0
  const outOfTheHour = mailed[MOST_MAILS - 1]
  const waits = [BETWEEN_MAILS - newest.age, outOfTheHour ? 3600 - outOfTheHour.age : 0]
  return Math.max(0, Math.ceil(Math.max(...waits)))
}

function wrongCode(triesLeft: number): HttpError {
  const rest =
    triesLeft === 0
      ? 'No tries are left. Send a new code.'
      : `You have ${triesLeft} ${triesLeft === 1 ? 'try' : 'tries'} left.`
  const message = `That code does not match. ${rest}`
  return new HttpError('wrong-code', message, { errors: [{ field: 'code', message }], triesLeft })
}

function challengeOver(): HttpError {
  const detail = 'This code no longer works: it was used, has expired, or was tried too often. Ask for a new one.'
  return new HttpError('code-over', detail)
}
