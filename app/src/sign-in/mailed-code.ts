import type { Challenge } from '@jotc/core/api/challenge'
import type { Details } from '@jotc/core/person'
import { tabStorage } from '#api/storage.ts'

/** A code that is on its way by mail, and what it was asked for with. */
export type MailedCode = Omit<Challenge, 'resendAfter'> & {
  details: Details
  /** From when on another one can be asked for, in milliseconds since 1970. */
  resendAt: number
}

const KEY = 'mailed-code'

/** The code that this tab waits for: a reload, or a look at another page, does not lose it. */
export const mailedCode = {
  get(): MailedCode | undefined {
    try {
      return (JSON.parse(tabStorage.get(KEY) ?? 'null') as MailedCode | null) ?? undefined
    } catch {
      return undefined
    }
  },

  save({ resendAfter, ...challenge }: Challenge, details: Details): MailedCode {
    const code = { ...challenge, details, resendAt: Date.now() + resendAfter * 1000 }
    tabStorage.set(KEY, JSON.stringify(code))
    return code
  },

  drop: () => tabStorage.remove(KEY),
}

export function isOver({ expiresAt }: MailedCode): boolean {
  return Date.parse(expiresAt) <= Date.now()
}

export const CODE_LENGTH = 6

/** The digits of what was typed or pasted, such as “123 456”; no more than a code has. */
export function digitsOf(text: string): string {
  return text.normalize('NFKC').replace(/\D/g, '').slice(0, CODE_LENGTH)
}
