import type { CodeRequest } from '@jotc/core/api/challenge'
import type { FieldError } from '@jotc/core/api/problem'
import { readsBody } from '../http/input.ts'

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** The body of a sign-in by code. People and mail programs put white space into codes. */
export const readsCode = readsBody<CodeRequest>(['challengeId', 'code'], ({ challengeId, code }) => {
  const errors: FieldError[] = []
  const digits = typeof code === 'string' ? code.replace(/\s/g, '') : ''
  if (typeof challengeId !== 'string' || !UUID.test(challengeId)) {
    errors.push({ field: 'challengeId', message: 'Send the challengeId from the answer of POST /login.' })
  }
  if (!/^\d{6}$/.test(digits)) errors.push({ field: 'code', message: 'Enter the six digits from the email.' })
  return errors.length > 0 ? { errors } : { value: { challengeId: challengeId as string, code: digits } }
})
