import { randomInt, randomUUIDv7 } from 'node:crypto'
import type { Challenge } from '@jotc/core/api/challenge'
import type { FastifyInstance } from 'fastify'
import sql from 'sql-template-tag'
import type { Query } from '../database/database.ts'
import { type Message, mailUnavailable } from '../email/mail.ts'
import { emailTemplate } from '../email/template.ts'
import { HttpError, tooMany } from '../http/errors.ts'
import { keyedHash } from './keyed-hash.ts'
import { type Client, mailBudget, type RecentChallenge, resendDelayS } from './mail-budget.ts'

const CODE_MINUTES = 10
const MAX_TRIES = 5
/** After so many wrong guesses at an address since its last sign-in, its codes are longer (NIST SP 800-63B, 3.2.2). */
const MAX_GUESSES_AT_SHORT_CODES = 100

/** With a code of either length: wrong guesses decide which one is used. */
type NewChallenge = { id: string; code: { 6: string; 12: string } }

/** A challenge whose code was right, and is not used up yet (see `use`). */
export type Proven = { challengeId: string; email: string }

export type Codes = ReturnType<typeof codes>

/**
 * Codes that are mailed to an address and prove it.
 *
 * Promises (codes.test.ts, abuse.test.ts):
 * - Every sign-in has its own code, valid for 10 minutes and five guesses in all, also when guesses arrive at once.
 *   Nobody's requests invalidate the code of somebody else.
 * - An address gets five emails an hour for each client, 30 s apart, and twenty in all. An earlier request is answered
 *   with the open challenge. A device that is known for the address has limits of its own.
 * - No answer tells whether an address has an account.
 *
 * @param secrets newest first; codes already sent survive a rotation
 * @param mailsPerHour the budget of the whole service (mail-budget.ts)
 */
export function codes(
  { database, mail, sweeper, reportError }: FastifyInstance,
  { secrets, mailsPerHour }: { secrets: readonly string[]; mailsPerHour: number },
) {
  const { hash, matches } = keyedHash(secrets, 'jotc sign-in code')
  const budget = mailBudget(mailsPerHour)
  // Emails are counted by the hour. Wrong guesses end with a sign-in, which an address without an account never has.
  sweeper.add(sql`delete from challenges where created_at < now() - interval '1 hour'`)
  sweeper.add(sql`delete from mails where created_at < now() - interval '1 hour'`)
  sweeper.add(sql`
    delete from wrong_guesses where last_at < now() - interval '1 day'
    and not exists (select from users where users.email = wrong_guesses.email)`)

  async function warnOwner(email: string): Promise<void> {
    try {
      await mail.send(guessesMail(email, MAX_GUESSES_AT_SHORT_CODES))
    } catch (error) {
      reportError(error, { work: 'telling an owner of wrong guesses' })
    }
  }

  /** @returns the challenge, new (`taken`) or still open; `undefined` if the budget is used up */
  async function open(query: Query, email: string, client: Client, { id, code }: NewChallenge) {
    const before = await recentChallenges(query, email)
    const resendAfter = resendDelayS(before, client)
    if (resendAfter > 0) {
      const newest = before.find(({ origin }) => origin.equals(client.origin))
      if (newest?.isLive) return { ...newest, resendAfter, taken: undefined }
      throw tooMany('too-many-codes', 'We have sent several codes to this address.', resendAfter)
    }
    const taken = await budget.take(query, id, email, client)
    if (!taken.hasRoom) return undefined
    const digits = await digitsFor(query, email)
    const [inserted] = await query<{ expiresAt: string }>(sql`
      insert into challenges (id, email, origin, hash, digits, expires_at)
      values (${id}, ${email}, ${client.origin}, ${hash(`${id}:${code[digits]}`)}, ${digits},
        now() + make_interval(mins => ${CODE_MINUTES}))
      returning expires_at as "expiresAt"`)
    const after = [{ origin: client.origin, ageS: 0 }, ...before]
    return { id, digits, expiresAt: String(inserted?.expiresAt), resendAfter: resendDelayS(after, client), taken }
  }

  return {
    /**
     * Opens a challenge and mails its code.
     *
     * @param admit checks whether the address may sign in; only called while the budget has room for new addresses
     * @throws {HttpError} `too-many-codes` if no email may be sent to the address and no earlier code works;
     *   `mail-unavailable` if the email could not be sent, which then does not count; and what `admit` throws
     */
    async send(email: string, client: Client, admit: () => Promise<{ checked: boolean }>): Promise<Challenge> {
      const fresh = { id: randomUUIDv7(), code: { 6: newCode(), 12: newCode() + newCode() } }
      const remove = (query: Query) => query(sql`delete from challenges where id = ${fresh.id}`)
      let runs = 0
      const opened = await database.transaction(async (query) => {
        await query(sql`select pg_advisory_xact_lock(hashtextextended(${`code:${email}`}, 0))`)
        if (runs++ > 0) {
          // A retry: whether the run before was committed is unknown.
          await remove(query)
          await budget.giveBack(query, fresh.id)
        }
        return await open(query, email, client, fresh)
      })
      if (!opened) {
        mail.countOverBudget()
        throw mailUnavailable(new Error('mail: the budget is used up'))
      }
      const { id, digits, expiresAt, resendAfter, taken } = opened
      const challenge = { challengeId: id, expiresAt, digits, resendAfter }
      if (!taken) return { ...challenge, checked: true }

      if (!taken.isGranted) mail.countOverBudget()
      try {
        // A rejected address may be tried again at once, but its part of the budget is spent: the verifier was asked.
        const { checked } = taken.hasRoomForStrangers ? await admit() : { checked: true }
        const message = codeMail(email, fresh.code[digits], CODE_MINUTES)
        await (taken.isGranted ? mail.send(message) : mail.pretendToSend())
        return { ...challenge, checked }
      } catch (error) {
        await remove(database.query)
        if (error instanceof HttpError && error.type === 'mail-unavailable') {
          await budget.giveBack(database.query, fresh.id)
        }
        throw error
      }
    },

    /**
     * Checks a code, and counts the guess first.
     *
     * @throws {HttpError} `wrong-code` with the remaining guesses; `code-over`, in the same words whether the challenge
     *   is unknown, expired, used or out of guesses
     */
    async prove(challengeId: string, code: string): Promise<Proven> {
      const [guess] = await database.query<{ email: string; hash: Buffer; tries: number }>(sql`
        update challenges set tries = tries + 1
        where id = ${challengeId} and tries < ${MAX_TRIES} and expires_at > now()
        returning email, hash, tries`)
      if (!guess) throw codeOver()
      const { email, hash, tries } = guess
      if (matches(hash, `${challengeId}:${code}`)) return { challengeId, email }
      const [wrong] = await database.query<{ guesses: number; hasAccount: boolean }>(sql`
        insert into wrong_guesses as known (email, guesses) values (${email}, 1)
        on conflict (email) do update set guesses = known.guesses + 1, last_at = now()
        returning guesses, exists (select from users where users.email = ${email}) as "hasAccount"`)
      if (wrong?.guesses === MAX_GUESSES_AT_SHORT_CODES && wrong.hasAccount) void warnOwner(email)
      throw wrongCode(MAX_TRIES - tries)
    },

    /**
     * Uses up a proven code, in the caller's transaction, and resets the wrong guesses at its address.
     *
     * @throws {HttpError} `code-over` if another request has used it
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

/** Those of the last hour, newest first. */
async function recentChallenges(query: Query, email: string): Promise<RecentChallenge[]> {
  return await query<RecentChallenge>(sql`
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
 * The email with a code. It repeats nothing that was typed, because a stranger may have typed it.
 *
 * @param code of 12 digits after many wrong guesses at the address
 */
function codeMail(to: string, code: string, minutes: number): Message {
  const isLong = code.length > 6
  const lines = [
    `It works once, for ${minutes} minutes. Do not share it with anyone.`,
    ...(isLong ? ['It is longer than usual, because someone has tried many wrong codes for your address.'] : []),
    'If you did not ask for this code, ignore this email. Nobody can sign in without it.',
  ]
  const shown = code.replace(/\d{6}(?=\d)/, '$& ')
  return emailTemplate(to, 'Your sign-in code for Jumping On The Clouds', 'Your sign-in code:', lines, shown)
}

/** The email that warns an owner, once, of many wrong guesses. */
function guessesMail(to: string, guesses: number): Message {
  const lead = `Someone has tried ${guesses} wrong codes to sign in with your address.`
  return emailTemplate(to, 'Someone is trying to sign in with your address', lead, [
    'Nobody got in. From now on your codes have twelve digits, until you sign in again.',
    'If it was not you, you need not do anything. Never share a code with anyone.',
  ])
}
