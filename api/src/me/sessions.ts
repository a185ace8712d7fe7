import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { type ListedSession, SessionList } from '@jotc/core/api/sessions'
import type { FastifyReply, FastifyRequest } from 'fastify'
import sql from 'sql-template-tag'
import { clearSessionCookie } from '../auth/session-cookie.ts'
import { CHANGE_PROBLEMS, SIGNED_IN, SIGNED_IN_PROBLEMS } from '../auth/signed-in.ts'
import { HttpError } from '../http/errors.ts'
import { IdParams, type WithId } from '../http/input.ts'
import { audit } from '../observe/log.ts'

const SignOut = {
  operationId: 'signOut',
  tags: ['Sign-in'],
  summary: 'Sign out: the session or token is rejected from now on',
  security: SIGNED_IN,
  response: { 204: { description: 'Signed out', type: 'null' } },
  problems: CHANGE_PROBLEMS,
}
const List = {
  operationId: 'listSessions',
  tags: ['Account'],
  summary: 'The browsers that you are signed in with',
  security: SIGNED_IN,
  response: { 200: SessionList },
  problems: SIGNED_IN_PROBLEMS,
}
const End = {
  operationId: 'endSession',
  tags: ['Account'],
  summary: 'Sign out one browser',
  security: SIGNED_IN,
  params: IdParams,
  response: { 204: { description: 'Signed out', type: 'null' } },
  problems: [...CHANGE_PROBLEMS, 'session-not-found'] as const,
}
const EndAll = {
  operationId: 'endAllSessions',
  tags: ['Account'],
  summary: 'Sign out everywhere: every browser, this one too, and every token of a sign-in',
  description: 'API tokens stay; delete those one by one.',
  security: SIGNED_IN,
  response: { 204: { description: 'Signed out', type: 'null' } },
  problems: CHANGE_PROBLEMS,
}

/** A person's own sessions. */
export const sessionRoutes: FastifyPluginAsyncTypebox = async (api) => {
  const onRequest = api.signedIn
  api.post('/logout', { schema: SignOut, onRequest }, signOut)
  api.get('/me/sessions', { schema: List, onRequest }, listSessions)
  api.delete('/me/sessions/:id', { schema: End, onRequest }, endSession)
  api.delete('/me/sessions', { schema: EndAll, onRequest }, endAll)

  async function signOut(request: FastifyRequest, reply: FastifyReply) {
    const { account, credential } = request
    if (credential.kind === 'token') await api.revocations.revoke(credential)
    else await api.sessions.end(account.id, credential.id)
    if (credential.kind === 'session') clearSessionCookie(request, reply)
    return reply.code(204).send()
  }

  async function listSessions({ account, credential }: FastifyRequest) {
    const items = await api.database.query<ListedSession>(sql`
      select id, browser, created_at as "createdAt", used_at as "usedAt", id = ${credential.id} as "isCurrent"
      from sessions where user_id = ${account.id} and ${api.sessions.isLive}
      order by used_at desc, id desc`)
    return { items }
  }

  async function endSession(request: FastifyRequest<WithId>, reply: FastifyReply) {
    const { account, credential, params } = request
    const id = params.id.toLowerCase()
    if (!(await api.sessions.end(account.id, id))) {
      throw new HttpError('session-not-found', 'We found no session of yours with this id.')
    }
    if (id === credential.id) clearSessionCookie(request, reply)
    return reply.code(204).send()
  }

  async function endAll(request: FastifyRequest, reply: FastifyReply) {
    const { account, credential, log } = request
    await api.sessions.endAll(account.id)
    // Explicitly, because the clock that issued it may be ahead of the database's.
    if (credential.kind === 'token') await api.revocations.revoke(credential)
    else clearSessionCookie(request, reply)
    audit(log, 'sessions ended', { by: account.id, whom: account.id })
    return reply.code(204).send()
  }
}
