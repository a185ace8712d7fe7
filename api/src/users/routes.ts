import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { type Role, User } from '@jotc/core/api/account'
import { Removal, RoleChange, USER_LIST_DEFAULTS, UserPage, UserQuery } from '@jotc/core/api/users'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { CHANGE_PROBLEMS, SIGNED_IN, SIGNED_IN_PROBLEMS } from '../auth/signed-in.ts'
import { HttpError } from '../http/errors.ts'
import { IdParams, readsBody, type WithId } from '../http/input.ts'
import { audit } from '../observe/log.ts'
import { userRepository } from './repository.ts'

/** The problems of an administrator's route for one account. */
const ACCOUNT_PROBLEMS = [...CHANGE_PROBLEMS, 'administrators-only', 'account-not-found'] as const

const List = {
  operationId: 'listAccounts',
  tags: ['Administration'],
  summary: 'Accounts with their number of submissions, for administrators',
  security: SIGNED_IN,
  querystring: UserQuery,
  response: { 200: UserPage },
  problems: [...SIGNED_IN_PROBLEMS, 'administrators-only', 'invalid-input'] as const,
}
const ChangeRole = {
  operationId: 'changeRole',
  tags: ['Administration'],
  summary: 'Change the role of an account',
  security: SIGNED_IN,
  params: IdParams,
  body: RoleChange,
  response: { 200: User },
  problems: [...ACCOUNT_PROBLEMS, 'last-administrator'] as const,
}
const RemoveSubmissions = {
  operationId: 'removeSubmissions',
  tags: ['Administration'],
  summary: 'Remove all submissions of an account',
  security: SIGNED_IN,
  params: IdParams,
  response: { 200: Removal },
  problems: ACCOUNT_PROBLEMS,
}
const EndSessions = {
  operationId: 'endSessionsOfAccount',
  tags: ['Administration'],
  summary: 'Sign an account out everywhere: every browser, and every token of a sign-in',
  description: 'API tokens of the account stay.',
  security: SIGNED_IN,
  params: IdParams,
  response: { 204: { description: 'Signed out', type: 'null' } },
  problems: ACCOUNT_PROBLEMS,
}

export const userRoutes: FastifyPluginAsyncTypebox = async (api) => {
  const repository = userRepository(api.database)
  const onRequest = [api.signedIn, api.administrator]

  api.get('/users', { schema: List, onRequest }, listUsers)
  api.patch('/users/:id', { schema: ChangeRole, validatorCompiler: readsRole, onRequest }, changeRole)
  api.delete('/users/:id/submissions', { schema: RemoveSubmissions, onRequest }, removeSubmissions)
  api.delete('/users/:id/sessions', { schema: EndSessions, onRequest }, endSessions)

  async function listUsers(request: FastifyRequest<{ Querystring: UserQuery }>) {
    const { query } = request
    const accounts = userRepository(await request.readDatabase())
    const { page, pageSize, sort, sortBy } = { ...USER_LIST_DEFAULTS, ...query }
    const [items, total] = await Promise.all([
      accounts.list(query, { sortBy, sort }, (page - 1) * pageSize, pageSize),
      accounts.count(query),
    ])
    return { items, total }
  }

  async function changeRole({ params, body, account: by, log }: FastifyRequest<WithId & { Body: RoleChange }>) {
    const changed = await repository.setRole(params.id, body.role)
    if (!changed) throw notFound()
    const { account, roleBefore } = changed
    if (roleBefore === account.role) return account
    await api.revocations.refresh()
    audit(log, 'role changed', { by: by.id, whom: account.id, from: roleBefore, to: account.role })
    return account
  }

  async function removeSubmissions({ params, account: by, log }: FastifyRequest<WithId>) {
    const removed = await repository.removeSubmissions(params.id)
    if (removed === undefined) throw notFound()
    audit(log, 'submissions removed', { by: by.id, whom: params.id, removed })
    return { removed }
  }

  async function endSessions({ params, account: by, log }: FastifyRequest<WithId>, reply: FastifyReply) {
    if (!(await api.sessions.endAll(params.id))) throw notFound()
    audit(log, 'sessions ended', { by: by.id, whom: params.id })
    return reply.code(204).send()
  }
}

const notFound = () => new HttpError('account-not-found', 'We found no account with this id.')

const readsRole = readsBody<{ role: Role }>(['role'], ({ role }) =>
  role === 'admin' || role === 'user'
    ? { value: { role } }
    : { errors: [{ field: 'role', message: '“role” must be one of user, admin.' }] },
)
