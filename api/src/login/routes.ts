import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Session, SignInRequest } from '@jotc/core/api/account'
import type { Details } from '@jotc/core/person'
import { problemResponses } from '../plugins/openapi.ts'
import { readsDetails } from './details.ts'
import { type SignInRules, signInByDetails } from './sign-in.ts'

const SignIn = {
  summary: 'Sign in by your details',
  body: SignInRequest,
  response: { 200: Session, ...problemResponses(400, 401, 413, 415) },
}

export const loginRoutes: FastifyPluginAsyncTypebox<SignInRules> = async (api, rules) => {
  const signIn = signInByDetails(api.database, rules)

  api.post<{ Body: Details }>('/login', { schema: SignIn, validatorCompiler: readsDetails }, async ({ body }) => {
    const user = await signIn(body)
    return { ...(await api.tokens.sign(user.id)), user }
  })
}
