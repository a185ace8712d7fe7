import { createHmac, hkdfSync, randomInt, randomUUIDv7, timingSafeEqual } from 'node:crypto'
import type { Challenge } from '@jotc/core/api/challenge'
import type { Details } from '@jotc/core/person'
import type { FastifyInstance } from 'fastify'
import sql from 'sql-template-tag'
import type { Query } from '../database/database.ts'
import { HttpError, tooMany } from '../http/errors.ts'
import { codeMail } from './code-mail.ts'

const CODE_MINUTES = 10
const MAX_TRIES = 5
/** To one address: the pause between two emails, and how many it gets in an hour. */
const RESEND_AFTER_S = 30
const MAX_MAILS_PER_HOUR = 5

/** A sign-in whose code was right, and not used up yet (see `use`). */
export type Proven = { codeId: string; details: Details }

export type Codes = ReturnType<typeof codes>

type MailedCode = { id: string; live: boolean; ageS: number; expiresAt: string }

/**
 * The codes that prove an address, mailed to it.
 *
 * Promises: an address gets at most five emails an hour, 30 s apart, however many requests ask at once. A code has
 * 10 minutes and five guesses in all, also when they arrive at the same moment. A request that comes before another
 * email may be sent waits for the code of the newest email: so a stranger who asks for an address keeps its owner out
 * no longer than that code lives.
 *
 * @param secrets the newest first; a change of secrets keeps the codes that are on their way
 */
export function codes({ database, mail, sweeper }: FastifyInstance, secrets: readonly string[]) {
  const { hash, matches } = codeHashes(secrets)
  // Details of sign-ins that are over, and emails that no longer count.
  sweeper.add(sql`delete from challenges using codes where codes.id = code_id and codes.expires_at < now()`)
  sweeper.add(sql`delete from codes where created_at < now() - interval '1 hour'`)

  return {
    /**
     * Opens a sign-in and mails its code. It does not look whether the address has an account, so no answer can tell.
     *
     * @throws {HttpError} `too-many-codes` when no email may be sent to the address and no earlier code works;
     *   `mail-unavailable` when the email could not be sent: then it does not count
     */
    async send({ email, firstName, lastName, birthDate }: Details): Promise<Omit<Challenge, 'checked'>> {
      const [challengeId, codeId, code] = [randomUUIDv7(), randomUUIDv7(), newCode()]
      const { newest, resendAfter } = await database.transaction(async (query) => {
        await query(sql`select pg_advisory_xact_lock(hashtextextended(${`code:${email}`}, 0))`)
        let mailed = await mailedWithinAnHour(query, email)
        if (waitFor(mailed) === 0) {
          await query(sql`
            insert into codes (id, email, hash, expires_at)
            values (${codeId}, ${email}, ${hash(codeId, code)}, now() + make_interval(mins => ${CODE_MINUTES}))`)
          mailed = await mailedWithinAnHour(query, email)
        }
        const newest = mailed[0]
        const resendAfter = waitFor(mailed)
        if (!newest?.live) throw tooMany('too-many-codes', 'We have sent several codes to this address.', resendAfter)
        await query(sql`
          insert into challenges (id, code_id, first_name, last_name, birth_date)
          values (${challengeId}, ${newest.id}, ${firstName}, ${lastName}, ${birthDate})
          on conflict do nothing`)
        return { newest, resendAfter }
      })
      // A transaction whose outcome was lost runs again, and finds its own code.
      if (newest.id === codeId) {
        try {
          await mail(codeMail(email, code, CODE_MINUTES))
        } catch (error) {
          await database.query(sql`delete from codes where id = ${codeId}`)
          throw error
        }
      }
      return { challengeId, expiresAt: newest.expiresAt, resendAfter }
    },

    /**
     * Spends one guess.
     *
     * @throws {HttpError} `wrong-code` with the guesses that are left; `code-over` in the same words whether the
     *   challenge is unknown, too old, used or out of guesses
     */
    async prove(challengeId: string, code: string): Promise<Proven> {
      const [guess] = await database.query<Details & { codeId: string; hash: Buffer; tries: number }>(sql`
        update codes set tries = tries + 1 from challenges
        where challenges.id = ${challengeId} and codes.id = code_id and tries < ${MAX_TRIES} and expires_at > now()
        returning codes.id as "codeId", hash, tries, email, first_name as "firstName", last_name as "lastName",
          birth_date as "birthDate"`)
      if (!guess) throw codeOver()
      const { codeId, hash, tries, ...details } = guess
      if (!matches(hash, codeId, code)) throw wrongCode(MAX_TRIES - tries)
      return { codeId, details }
    },

    /**
     * Uses up a proven code, in the transaction of what it is used for.
     *
     * @throws {HttpError} `code-over` when another request has used it
     */
    async use(query: Query, codeId: string): Promise<void> {
      const used = await query(sql`
        update codes set expires_at = created_at where id = ${codeId} and expires_at > now() returning id`)
      if (used.length === 0) throw codeOver()
      await query(sql`delete from challenges where code_id = ${codeId}`)
    },
  }
}

/** Six random digits. */
function newCode(): string {
  return String(randomInt(1_000_000)).padStart(6, '0')
}

/**
 * Hashes of codes, keyed by the secrets of the tokens: six digits alone would be found by trying them all. The newest
 * secret makes hashes and each of them checks. The row's id makes every hash different.
 */
function codeHashes(secrets: readonly string[]) {
  const keys = secrets.map((secret) => Buffer.from(hkdfSync('sha256', secret, '', 'jotc sign-in code', 32)))
  const hashes = (id: string, code: string) =>
    keys.map((key) => createHmac('sha256', key).update(`${id}:${code}`).digest())
  return {
    hash: (id: string, code: string) => hashes(id, code)[0],
    matches: (stored: Buffer, id: string, code: string) =>
      hashes(id, code).some((hash) => timingSafeEqual(hash, stored)),
  }
}

/** The newest first. */
async function mailedWithinAnHour(query: Query, email: string): Promise<MailedCode[]> {
  return await query<MailedCode>(sql`
    select id, expires_at > now() and tries < ${MAX_TRIES} as live, expires_at as "expiresAt",
      greatest(0, extract(epoch from now() - created_at)::float8) as "ageS"
    from codes where email = ${email} and created_at > now() - interval '1 hour'
    order by created_at desc, id desc`)
}

/** Whole seconds until the next email may be sent. */
function waitFor(mailed: MailedCode[]): number {
  const newest = mailed[0]
  if (!newest) return 0
  const lastOfTheHour = mailed[MAX_MAILS_PER_HOUR - 1]
  const waits = [RESEND_AFTER_S - newest.ageS, lastOfTheHour ? 3600 - lastOfTheHour.ageS : 0]
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

function codeOver(): HttpError {
  return new HttpError(
    'code-over',
    'This code no longer works: it was used, has expired, or was tried too often. Ask for a new one.',
  )
}
