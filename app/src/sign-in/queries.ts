import type { Session, SignInRequest } from '@jotc/core/api/account'
import type { Challenge, CodeRequest } from '@jotc/core/api/challenge'
import { api } from '#api/client.ts'

/** Signing in carries no token, also where the last session is still there. */
const AS_NOBODY = { token: undefined }

/** Signed in, or a code is on its way. */
export function sendDetails(details: SignInRequest): Promise<Session | Challenge> {
  return api.post('/login', details, AS_NOBODY)
}

export function sendCode(code: CodeRequest): Promise<Session> {
  return api.post('/login/code', code, AS_NOBODY)
}
