import type { Challenge } from '@jotc/core/api/challenge'
import { DETAIL_FIELDS, type Details } from '@jotc/core/person'
import { readStored, tabStorage } from '#api/storage.ts'

/** A code that is on its way by mail, and what it was asked for with. */
export type MailedCode = Challenge & {
  details: Details
  /** When it was asked for, in milliseconds since 1970 by this machine's clock. */
  askedAt: number
}

const KEY = 'mailed-code'

/**
 * The code that this tab waits for: a reload, or a look at another page, does not lose it. When it is over is for the
 * service to say.
 */
export const mailedCode = {
  get: (): MailedCode | undefined => readStored(tabStorage, KEY, isMailedCode),

  save(challenge: Challenge, details: Details): MailedCode {
    const code = { ...challenge, details, askedAt: Date.now() }
    tabStorage.set(KEY, JSON.stringify(code))
    return code
  },

  drop: () => tabStorage.remove(KEY),
}

function isMailedCode(value: unknown): value is MailedCode {
  const { challengeId, expiresAt, checked, resendAfter, details, askedAt } = (value ?? {}) as Partial<MailedCode>
  return (
    typeof challengeId === 'string' &&
    !Number.isNaN(Date.parse(expiresAt ?? '')) &&
    typeof checked === 'boolean' &&
    [resendAfter, askedAt].every(Number.isFinite) &&
    DETAIL_FIELDS.every((field) => typeof details?.[field] === 'string')
  )
}

/** Milliseconds until another code can be asked for; never more than at first, whatever the clock did meanwhile. */
export function msUntilResend({ resendAfter, askedAt }: Pick<MailedCode, 'resendAfter' | 'askedAt'>): number {
  const waitMs = resendAfter * 1000
  return Math.min(waitMs, Math.max(0, askedAt + waitMs - Date.now()))
}

export const CODE_LENGTH = 6

/** The digits of what was typed or pasted, such as “123 456”; no more than a code has. */
export function digitsOf(text: string): string {
  return text.normalize('NFKC').replace(/\D/g, '').slice(0, CODE_LENGTH)
}
