import type { Challenge } from '@jotc/core/api/challenge'
import { DETAIL_FIELDS, type Details } from '@jotc/core/person'
import { readStored, tabStorage } from '#api/storage.ts'

/** A code sent by mail, with the details it was requested for. */
export type MailedCode = Challenge & {
  details: Details
  /** When it was requested, in milliseconds since 1970 by this machine's clock. */
  askedAt: number
}

const KEY = 'mailed-code'

/**
 * The code that this tab waits for; it survives a reload and a visit to another page. The service decides when it
 * expires.
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

/** Milliseconds until another code can be requested; never more than `resendAfter`, whatever the clock did meanwhile. */
export function msUntilResend({ resendAfter, askedAt }: Pick<MailedCode, 'resendAfter' | 'askedAt'>): number {
  const waitMs = resendAfter * 1000
  return Math.min(waitMs, Math.max(0, askedAt + waitMs - Date.now()))
}

export const CODE_LENGTH = 6

/** The digits of what was typed or pasted, such as “123 456”; no more than a code has. */
export function digitsOf(text: string): string {
  return text.normalize('NFKC').replace(/\D/g, '').slice(0, CODE_LENGTH)
}
