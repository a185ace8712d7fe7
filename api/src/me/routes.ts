import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { User } from '@jotc/core/api/account'
import { problemResponses } from '../plugins/openapi.ts'
import { BEARER } from '../plugins/signed-in.ts'

const Me = {
  summary: 'The account that is signed in',
  security: BEARER,
  response: { 200: User, ...problemResponses(401) },
}

export const meRoutes: FastifyPluginAsyncTypebox = async (api) => {
  api.get('/me', { schema: Me, onRequest: api.signedIn }, async (request) => request.account)
}
