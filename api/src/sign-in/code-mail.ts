import { letter } from '../email/letter.ts'
import type { Message } from '../email/mail.ts'

/**
 * The email that brings a code. It holds nothing that the visitor typed: a stranger may have typed it.
 *
 * @param code of 12 digits where many wrong ones were tried at the address
 */
export function codeMail(to: string, code: string, minutes: number): Message {
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
export function guessesMail(to: string, guesses: number): Message {
  const lead = `Someone has tried ${guesses} wrong codes to sign in with your address.`
  return letter(to, 'Someone is trying to sign in with your address', lead, [
    'Nobody got in. From now on your codes have twelve digits, until you sign in again.',
    'If it was not you, you need not do anything. Never share a code with anyone.',
  ])
}
