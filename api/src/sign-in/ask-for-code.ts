import type { Challenge } from '@jotc/core/api/challenge'
import type { Details } from '@jotc/core/person'
import type { Mailer } from '../email/mail.ts'
import { codeMail } from './code-mail.ts'
import type { codes } from './codes.ts'

/**
 * Opens a sign-in and mails its code. It does not look whether the address has an account, so no answer can tell.
 *
 * @throws {HttpError} `mail-unavailable`, when the mail could not be sent; then it is as if nobody had asked
 */
export async function askForCode(
  send: Mailer,
  mailed: ReturnType<typeof codes>,
  details: Details,
): Promise<Omit<Challenge, 'checked'>> {
  const { mail, ...challenge } = await mailed.open(details)
  if (mail) {
    try {
      await send(codeMail(details.email, mail.code))
    } catch (error) {
      await mailed.withdraw(mail.codeId)
      throw error
    }
  }
  return challenge
}
