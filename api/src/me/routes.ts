import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { User } from '@jotc/core/api/account'
import type { FastifyReply, FastifyRequest } from 'fastify'
import sql from 'sql-template-tag'
import { type Account, isOnlyAdministrator, removeSubmissionsOf } from '../auth/accounts.ts'
import { clearSessionCookie } from '../auth/session-cookie.ts'
import { CHANGE_PROBLEMS, SIGNED_IN, SIGNED_IN_PROBLEMS } from '../auth/signed-in.ts'
import type { Database, Query } from '../database/database.ts'
import { HttpError } from '../http/errors.ts'
import { audit } from '../observe/log.ts'
import { passkeyRoutes } from './passkeys.ts'
import { sessionRoutes } from './sessions.ts'
import { tokenRoutes } from './tokens.ts'

const Me = {
  operationId: 'getOwnAccount',
  tags: ['Account'],
  summary: 'Your account',
  security: SIGNED_IN,
  response: { 200: User },
  problems: SIGNED_IN_PROBLEMS,
}
const EraseMe = {
  operationId: 'eraseOwnAccount',
  tags: ['Account'],
  summary: 'Erase your account and all its submissions',
  security: SIGNED_IN,
  response: { 204: { description: 'Erased', type: 'null' } },
  problems: [...CHANGE_PROBLEMS, 'last-administrator'] as const,
}

export const meRoutes: FastifyPluginAsyncTypebox = async (api) => {
  await api.register(sessionRoutes)
  await api.register(tokenRoutes)
  await api.register(passkeyRoutes)
  api.get('/me', { schema: Me, onRequest: api.signedIn, config: { scope: 'read' } }, getMe)
  api.delete('/me', { schema: EraseMe, onRequest: api.signedIn }, eraseMe)

  async function getMe({ account }: FastifyRequest) {
    return account
  }

  async function eraseMe(request: FastifyRequest, reply: FastifyReply) {
    const { account, log } = request
    await erase(api.database, account)
    await api.revocations.refresh()
    const { id } = account
    audit(log, 'account erased', { by: id, whom: id })
    if (request.credential.kind === 'session') clearSessionCookie(request, reply)
    return reply.code(204).send()
  }
}

/**
 * Erases an account, all that it owns (by cascade), and what sign-in has stored of its address.
 *
 * @throws {HttpError} `last-administrator` if others would be left without an administrator
 */
async function erase(database: Database, { id, email }: Account): Promise<void> {
  await database.transaction(async (query) => {
    await requireOtherAdministrator(query, id)
    // So that of two administrators who erase themselves at the same moment one is refused before anything is removed.
    await query(sql`
      update users set role = 'user' where id = ${id} and role = 'admin'
        and exists (select from users where role = 'admin' and id <> ${id})`)
  })
  // In chunks first: the cascade over a million rows would exceed a statement's deadline.
  await removeSubmissionsOf(database, id)
  await database.transaction(async (query) => {
    // Whoever had the service to themselves may not any more.
    await requireOtherAdministrator(query, id)
    await query(sql`delete from challenges where email = ${email}`)
    await query(sql`delete from registrations where email = ${email}`)
    await query(sql`delete from wrong_guesses where email = ${email}`)
    await query(sql`delete from users where id = ${id}`)
  })
}

async function requireOtherAdministrator(query: Query, id: string): Promise<void> {
  if ((await isOnlyAdministrator(query, id)) && (await hasOthers(query, id))) {
    const detail = 'You are the only administrator. Make someone else one, then erase your account.'
    throw new HttpError('last-administrator', detail)
  }
}

async function hasOthers(query: Query, id: string): Promise<boolean> {
  const others = await query(sql`select from users where id <> ${id} limit 1`)
  return others.length > 0
}
