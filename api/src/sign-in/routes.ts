import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Session, SignInRequest } from '@jotc/core/api/account'
import { Challenge, CodeRequest } from '@jotc/core/api/challenge'
import type { Details } from '@jotc/core/person'
import type { FastifyRequest } from 'fastify'
import { BEARER } from '../auth/signed-in.ts'
import type { SignInMode } from '../email/policy.ts'
import { problemResponses } from '../http/openapi.ts'
import type { AdministratorRules } from './administrators.ts'
import { askForCode } from './ask-for-code.ts'
import { codeKeys } from './code-keys.ts'
import { readsCode } from './code-request.ts'
import { codes, SWEPT_CHALLENGES, SWEPT_CODES } from './codes.ts'
import { readsDetails } from './details.ts'
import { signInLimits } from './limits.ts'
import { signInByCode, signInByDetails } from './sign-in.ts'
import { admitEmail } from './verdict.ts'

const SignIn = {
  summary: 'Sign in by your details: with the session at once, or after a code that is mailed (SIGN_IN)',
  body: SignInRequest,
  response: { 200: Session, 202: Challenge, ...problemResponses(400, 401, 413, 415, 429) },
}
const SignInCode = {
  summary: 'Sign in by the code that was mailed',
  body: CodeRequest,
  response: { 200: Session, ...problemResponses(400, 410, 413, 415, 429) },
}
const SignOut = {
  summary: 'Sign out: the token is refused from now on',
  security: BEARER,
  response: { 204: { description: 'Signed out', type: 'null' }, ...problemResponses(401, 429) },
}

type Options = AdministratorRules & { mode: SignInMode; perMinute: number; secrets: readonly string[] }

export const loginRoutes: FastifyPluginAsyncTypebox<Options> = async (api, { mode, perMinute, secrets, ...rules }) => {
  const limits = signInLimits(api, perMinute)
  const mailed = codes(api.database, codeKeys(secrets))
  const byDetails = signInByDetails(api, rules)
  const byCode = signInByCode(api, mailed, rules)
  const onRequest = async (request: FastifyRequest) => await limits.client(request)
  api.sweeper.add(SWEPT_CHALLENGES)
  api.sweeper.add(SWEPT_CODES)

  api.post<{ Body: Details }>(
    '/login',
    { schema: SignIn, validatorCompiler: readsDetails, onRequest },
    async ({ body }, reply) => {
      await limits.address(body.email)
      const { checked } = await admitEmail(api.verifier, body.email, mode)
      if (mode === 'code') return reply.code(202).send({ ...(await askForCode(api.mail, mailed, body)), checked })
      const user = await byDetails(body)
      return { ...api.tokens.sign(user.id), user }
    },
  )

  api.post<{ Body: CodeRequest }>(
    '/login/code',
    { schema: SignInCode, validatorCompiler: readsCode, onRequest },
    async ({ body }) => {
      await limits.challenge(body.challengeId)
      const user = await byCode(await mailed.prove(body.challengeId, body.code))
      await api.revocations.refresh()
      return { ...api.tokens.sign(user.id), user }
    },
  )

  api.post('/logout', { schema: SignOut, onRequest: api.signedIn }, async ({ token }, reply) => {
    await api.revocations.revoke(token)
    return reply.code(204).send()
  })
}
