import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Session, SessionQuery } from '@jotc/core/api/account'
import { PasskeyRequestOptions, PasskeySignIn } from '@jotc/core/api/passkeys'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Check } from 'typebox/schema'
import type { Account } from '../auth/accounts.ts'
import { checkSessionOrigin, SESSION_PROBLEMS } from '../auth/session-cookie.ts'
import { tooMany } from '../http/errors.ts'
import { readsBody } from '../http/input.ts'
import { clientNetwork } from '../http/network.ts'
import { BODY_PROBLEMS } from '../http/openapi.ts'
import { leasedLimit } from '../redis/rate-limit.ts'

const PROBLEMS = ['too-many-sign-ins', 'overloaded', 'database-unavailable', 'out-of-storage'] as const

const GetOptions = {
  operationId: 'getPasskeyRequestOptions',
  tags: ['Sign-in'],
  summary: 'What a browser needs to sign in with a passkey',
  description:
    'For `PublicKeyCredential.parseRequestOptionsFromJSON`, once, within ten minutes. The same for everybody.',
  response: { 200: PasskeyRequestOptions },
  problems: [...PROBLEMS, ...BODY_PROBLEMS] as const,
}
const SignIn = {
  operationId: 'signInWithPasskey',
  tags: ['Sign-in'],
  summary: 'Sign in with a passkey',
  querystring: SessionQuery,
  body: PasskeySignIn,
  response: { 200: Session },
  problems: [...PROBLEMS, ...BODY_PROBLEMS, ...SESSION_PROBLEMS, 'passkey-refused', 'passkey-challenge-over'] as const,
}

type SignInBy<Body> = FastifyRequest<{ Querystring: SessionQuery; Body: Body }>

type Options = {
  perMinute: number
  start(request: SignInBy<unknown>, reply: FastifyReply, account: Account): Promise<object>
}

/**
 * Sign-in with a passkey, in either mode. Signatures cannot be guessed and no email is sent, so limits count clients
 * only: no stranger uses up an account's attempts.
 *
 * @param perMinute requests of a client
 * @param start the last step of every sign-in
 */
export const passkeySignInRoutes: FastifyPluginAsyncTypebox<Options> = async (api, { perMinute, start }) => {
  const limitClient = leasedLimit(api.limiter('passkey-client', perMinute), perMinute, (waitS) =>
    tooMany('too-many-sign-ins', 'Too many sign-in attempts.', waitS),
  )
  api.post('/passkeys/options', { schema: GetOptions, onRequest: countClient }, getOptions)
  api.post(
    '/passkeys/sign-in',
    { schema: SignIn, validatorCompiler: readsResponse, onRequest: [checkSessionOrigin, countClient] },
    signIn,
  )

  async function countClient(request: FastifyRequest): Promise<void> {
    await limitClient(clientNetwork(request))
  }

  async function getOptions(request: FastifyRequest) {
    return await api.passkeys.requestOptions(request)
  }

  async function signIn(request: SignInBy<PasskeySignIn>, reply: FastifyReply) {
    return reply.send(await start(request, reply, await api.passkeys.signIn(request, request.body.response)))
  }
}

const readsResponse = readsBody<PasskeySignIn>(['response'], ({ response }) => {
  if (Check(PasskeySignIn.properties.response, response)) return { value: { response } }
  const message = 'Send what navigator.credentials.get() gave, as its toJSON() writes it.'
  return { errors: [{ field: 'response', message }] }
})
