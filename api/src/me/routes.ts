import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { User } from '@jotc/core/api/account'
import type { FastifyReply, FastifyRequest } from 'fastify'
import sql from 'sql-template-tag'
import { type Account, isOnlyAdministrator } from '../auth/accounts.ts'
import { BEARER, SIGNED_IN_PROBLEMS } from '../auth/signed-in.ts'
import type { Database, Query } from '../database/database.ts'
import { HttpError } from '../http/errors.ts'
import { BODY_PROBLEMS } from '../http/openapi.ts'

const Me = {
  operationId: 'getOwnAccount',
  tags: ['Account'],
  summary: 'Your account',
  security: BEARER,
  response: { 200: User },
  problems: SIGNED_IN_PROBLEMS,
}
const EraseMe = {
  operationId: 'eraseOwnAccount',
  tags: ['Account'],
  summary: 'Erase your account and all its submissions',
  security: BEARER,
  response: { 204: { description: 'Erased', type: 'null' } },
  problems: [...SIGNED_IN_PROBLEMS, ...BODY_PROBLEMS, 'last-administrator'] as const,
}

export const meRoutes: FastifyPluginAsyncTypebox = async (api) => {
  api.get('/me', { schema: Me, onRequest: api.signedIn }, getMe)
  api.delete('/me', { schema: EraseMe, onRequest: api.signedIn }, eraseMe)

  async function getMe({ account }: FastifyRequest) {
    return account
  }

  async function eraseMe({ account, log }: FastifyRequest, reply: FastifyReply) {
    await erase(api.database, account)
    await api.revocations.refresh()
    const { id } = account
    log.info({ audit: 'account erased', by: id, whom: id }, 'audit: account erased')
    return reply.code(204).send()
  }
}

/**
 * Erases an account, its submissions (by cascade) and the sign-ins that wait for a code to its address.
 *
 * @throws {HttpError} `last-administrator` when it would leave others without an administrator
 */
async function erase(database: Database, { id, email }: Account): Promise<void> {
  await database.transaction(async (query) => {
    if ((await isOnlyAdministrator(query, id)) && (await hasOthers(query, id))) {
      throw new HttpError(
        'last-administrator',
        'You are the only administrator. Make someone else one, then erase your account.',
      )
    }
    await query(sql`delete from codes where email = ${email}`)
    await query(sql`delete from users where id = ${id}`)
  })
}

async function hasOthers(query: Query, id: string): Promise<boolean> {
  const others = await query(sql`select from users where id <> ${id} limit 1`)
  return others.length > 0
}
