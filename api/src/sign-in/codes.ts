import { createHmac, hkdfSync, randomInt, randomUUIDv7, timingSafeEqual } from 'node:crypto'
import type { Challenge } from '@jotc/core/api/challenge'
import type { FastifyInstance } from 'fastify'
import sql from 'sql-template-tag'
import type { Query } from '../database/database.ts'
import { letter } from '../email/letter.ts'
import { type Message, mailUnavailable } from '../email/mail.ts'
import { HttpError, tooMany } from '../http/errors.ts'
import { type Client, mailBudget, type Opened, waitFor } from './mail-budget.ts'

const CODE_MINUTES = 10
const MAX_TRIES = 5
/** So many wrong guesses at an address since its last sign-in make its codes longer (NIST SP 800-63B, 3.2.2). */
const MAX_GUESSES_AT_SHORT_CODES = 100

/** A sign-in whose code was right, and not used up yet (see `use`). */
export type Proven = { challengeId: string; email: string }

export type Codes = ReturnType<typeof codes>

/**
 * The codes that prove an address, mailed to it.
 *
 * Promises (codes.test.ts, abuse.test.ts):
 * - Every sign-in has a code of its own, with 10 minutes and five guesses in all, also when they arrive at the same
 *   moment. Nobody's requests end the code that somebody else waits for.
 * - An address gets five emails an hour for each client, 30 s apart, and twenty for all of them. Who asks earlier is
 *   answered the sign-in that is open. A device that is known for the address has limits of its own.
 * - No answer tells whether an address has an account.
 *
 * @param secrets the newest first; a change of secrets keeps the codes that are on their way
 * @param mailsPerHour the budget of the whole service (mail-budget.ts)
 */
export function codes(
  { database, mail, sweeper, reportError }: FastifyInstance,
  { secrets, mailsPerHour }: { secrets: readonly string[]; mailsPerHour: number },
) {
  const { hash, matches } = codeHashes(secrets)
  const budget = mailBudget(mailsPerHour)
  // An hour is what emails are counted by. At an address without an account nobody can sign in and end the count.
  sweeper.add(sql`delete from challenges where created_at < now() - interval '1 hour'`)
  sweeper.add(sql`delete from mails where created_at < now() - interval '1 hour'`)
  sweeper.add(sql`
    delete from wrong_guesses where last_at < now() - interval '1 day'
    and not exists (select from users where users.email = wrong_guesses.email)`)

  async function tellOwner(email: string): Promise<void> {
    try {
      await mail.send(guessesMail(email, MAX_GUESSES_AT_SHORT_CODES))
    } catch (error) {
      reportError(error, { work: 'telling an owner of wrong guesses' })
    }
  }

  return {
    /**
     * Opens a sign-in and mails its code.
     *
     * @param admit whether the address may sign in at all; asked only while the budget has room for new addresses
     * @throws {HttpError} `too-many-codes` when no email may be sent to the address and no earlier code works;
     *   `mail-unavailable` when the email could not be sent: then it does not count; and what `admit` throws
     */
    async send(email: string, client: Client, admit: () => Promise<{ checked: boolean }>): Promise<Challenge> {
      const challengeId = randomUUIDv7()
      const code = { 6: newCode(), 12: newCode() + newCode() }
      const forget = (query: Query) => query(sql`delete from challenges where id = ${challengeId}`)
      let runs = 0

      const opened = await database.transaction(async (query) => {
        await query(sql`select pg_advisory_xact_lock(hashtextextended(${`code:${email}`}, 0))`)
        if (runs++ > 0) {
          // The outcome of the run before was lost.
          await forget(query)
          await budget.giveBack(query, challengeId)
        }
        const before = await openedWithinAnHour(query, email)
        const resendAfter = waitFor(before, client)
        if (resendAfter > 0) {
          const newest = before.find(({ origin }) => origin.equals(client.origin))
          if (newest?.isLive) return { ...newest, resendAfter }
          throw tooMany('too-many-codes', 'We have sent several codes to this address.', resendAfter)
        }
        const taken = await budget.take(query, challengeId, email, client)
        if (!taken.hasRoom) return undefined
        const digits = await digitsFor(query, email)
        const [inserted] = await query<{ expiresAt: string }>(sql`
          insert into challenges (id, email, origin, hash, digits, expires_at)
          values (${challengeId}, ${email}, ${client.origin}, ${hash(challengeId, code[digits])}, ${digits},
            now() + make_interval(mins => ${CODE_MINUTES}))
          returning expires_at as "expiresAt"`)
        const after = [{ origin: client.origin, ageS: 0 }, ...before]
        return {
          id: challengeId,
          digits,
          expiresAt: String(inserted?.expiresAt),
          resendAfter: waitFor(after, client),
          taken,
        }
      })
      if (!opened) {
        mail.countOverBudget()
        throw mailUnavailable(new Error('mail: the budget is used up'))
      }
      const { id, digits, expiresAt, resendAfter } = opened
      const challenge = { challengeId: id, expiresAt, digits, resendAfter }
      if (!('taken' in opened)) return { ...challenge, checked: true }

      const { isGranted, hasRoomForStrangers } = opened.taken
      if (!isGranted) mail.countOverBudget()
      try {
        // An address that is rejected is asked for again at will; but it has cost a question to the verifier.
        const { checked } = hasRoomForStrangers ? await admit() : { checked: true }
        await (isGranted ? mail.send(codeMail(email, code[digits], CODE_MINUTES)) : mail.pretend())
        return { ...challenge, checked }
      } catch (error) {
        await forget(database.query)
        if (error instanceof HttpError && error.type === 'mail-unavailable') {
          await budget.giveBack(database.query, challengeId)
        }
        throw error
      }
    },

    /**
     * Spends one guess.
     *
     * @throws {HttpError} `wrong-code` with the guesses that are left; `code-over` in the same words whether the
     *   challenge is unknown, too old, used or out of guesses
     */
    async prove(challengeId: string, code: string): Promise<Proven> {
      const [guess] = await database.query<{ email: string; hash: Buffer; tries: number }>(sql`
        update challenges set tries = tries + 1
        where id = ${challengeId} and tries < ${MAX_TRIES} and expires_at > now()
        returning email, hash, tries`)
      if (!guess) throw codeOver()
      const { email, hash, tries } = guess
      if (matches(hash, challengeId, code)) return { challengeId, email }
      const [wrong] = await database.query<{ guesses: number; hasAccount: boolean }>(sql`
        insert into wrong_guesses as known (email, guesses) values (${email}, 1)
        on conflict (email) do update set guesses = known.guesses + 1, last_at = now()
        returning guesses, exists (select from users where users.email = ${email}) as "hasAccount"`)
      if (wrong?.guesses === MAX_GUESSES_AT_SHORT_CODES && wrong.hasAccount) void tellOwner(email)
      throw wrongCode(MAX_TRIES - tries)
    },

    /**
     * Uses up a proven code, in the transaction of what it is used for, and forgets wrong guesses at its address.
     *
     * @throws {HttpError} `code-over` when another request has used it
     */
    async use(query: Query, { challengeId, email }: Proven): Promise<void> {
      const used = await query(sql`
        update challenges set expires_at = created_at where id = ${challengeId} and expires_at > now() returning id`)
      if (used.length === 0) throw codeOver()
      await query(sql`delete from wrong_guesses where email = ${email}`)
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
async function openedWithinAnHour(query: Query, email: string): Promise<Opened[]> {
  return await query<Opened>(sql`
    select id, origin, digits, expires_at > now() and tries < ${MAX_TRIES} as "isLive", expires_at as "expiresAt",
      greatest(0, extract(epoch from now() - created_at)::float8) as "ageS"
    from challenges where email = ${email} and created_at > now() - interval '1 hour'
    order by created_at desc, id desc`)
}

async function digitsFor(query: Query, email: string): Promise<6 | 12> {
  const guesses = await query(sql`
    select from wrong_guesses where email = ${email} and guesses >= ${MAX_GUESSES_AT_SHORT_CODES}`)
  return guesses.length === 0 ? 6 : 12
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

/**
 * The email that brings a code. It holds nothing that the visitor typed: a stranger may have typed it.
 *
 * @param code of 12 digits where many wrong ones were tried at the address
 */
function codeMail(to: string, code: string, minutes: number): Message {
  const isLong = code.length > 6
  const lines = [
    `It works once, for ${minutes} minutes. Do not share it with anyone.`,
    ...(isLong ? ['It is longer than usual, because someone has tried many wrong codes for your address.'] : []),
    'If you did not ask for this code, ignore this email. Nobody can sign in without it.',
  ]
  const shown = code.replace(/\d{6}(?=\d)/, '$& ')
  return letter(to, 'Your sign-in code for Jumping On The Clouds', 'Your sign-in code:', lines, shown)
}

/** The email that tells an owner, once, of many wrong guesses. */
function guessesMail(to: string, guesses: number): Message {
  const lead = `Someone has tried ${guesses} wrong codes to sign in with your address.`
  return letter(to, 'Someone is trying to sign in with your address', lead, [
    'Nobody got in. From now on your codes have twelve digits, until you sign in again.',
    'If it was not you, you need not do anything. Never share a code with anyone.',
  ])
}
