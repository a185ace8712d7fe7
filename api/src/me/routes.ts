import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { User } from '@jotc/core/api/account'
import { audit } from '../auth/audit.ts'
import { BEARER } from '../auth/signed-in.ts'
import { problemResponses } from '../http/openapi.ts'
import { erase } from './erase.ts'

const Me = {
  summary: 'The account that is signed in',
  security: BEARER,
  response: { 200: User, ...problemResponses(401, 429) },
}
const EraseMe = {
  summary: 'Erase the account that is signed in, with all that it owns',
  security: BEARER,
  response: { 204: { description: 'Erased', type: 'null' }, ...problemResponses(401, 409, 429) },
}

export const meRoutes: FastifyPluginAsyncTypebox = async (api) => {
  api.get('/me', { schema: Me, onRequest: api.signedIn }, async (request) => request.account)

  api.delete('/me', { schema: EraseMe, onRequest: api.signedIn }, async (request, reply) => {
    await erase(api.database, request.account)
    await api.revocations.refresh()
    audit(request, 'account erased', request.account.id)
    return reply.code(204).send()
  })
}
