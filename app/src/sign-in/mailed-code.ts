import type { Registration } from '@jotc/core/api/account'
import type { Challenge } from '@jotc/core/api/challenge'
import { readStored, tabStorage } from '#api/storage.ts'

/** A code that is on its way by mail. */
export type MailedCode = Challenge & {
  /** The address that it was sent to. */
  email: string
  /** When it was asked for, in milliseconds since 1970 by this machine's clock. */
  askedAt: number
}

const CODE_KEY = 'mailed-code'
const REGISTRATION_KEY = 'registration'

/**
 * How far signing in has come in this tab: a reload, or a look at another page, does not lose the code that is waited
 * for, nor the address that was proven. When either is over is for the service to say.
 */
export const signInProgress = {
  code: (): MailedCode | undefined => readStored(tabStorage, CODE_KEY, isMailedCode),
  registration: (): Registration | undefined => readStored(tabStorage, REGISTRATION_KEY, isRegistration),

  saveCode(challenge: Challenge, email: string): MailedCode {
    const code = { ...challenge, email, askedAt: Date.now() }
    tabStorage.set(CODE_KEY, JSON.stringify(code))
    return code
  },

  saveRegistration(registration: Registration): void {
    tabStorage.remove(CODE_KEY)
    tabStorage.set(REGISTRATION_KEY, JSON.stringify(registration))
  },

  drop(): void {
    tabStorage.remove(CODE_KEY)
    tabStorage.remove(REGISTRATION_KEY)
  },
}

function isMailedCode(value: unknown): value is MailedCode {
  const { challengeId, expiresAt, digits, checked, resendAfter, email, askedAt } = (value ?? {}) as Partial<MailedCode>
  return (
    [challengeId, email].every((text) => typeof text === 'string') &&
    !Number.isNaN(Date.parse(expiresAt ?? '')) &&
    (digits === 6 || digits === 12) &&
    typeof checked === 'boolean' &&
    [resendAfter, askedAt].every(Number.isFinite)
  )
}

function isRegistration(value: unknown): value is Registration {
  const { registration, email } = (value ?? {}) as Partial<Registration>
  return typeof registration === 'string' && typeof email === 'string'
}

/** Milliseconds until another code can be asked for; never more than at first, whatever the clock did meanwhile. */
export function msUntilResend({ resendAfter, askedAt }: Pick<MailedCode, 'resendAfter' | 'askedAt'>): number {
  const waitMs = resendAfter * 1000
  return Math.min(waitMs, Math.max(0, askedAt + waitMs - Date.now()))
}

/** The digits of what was typed or pasted, such as “123 456”; no more than the code has. */
export function digitsOf(text: string, length: number): string {
  return text.normalize('NFKC').replace(/\D/g, '').slice(0, length)
}
