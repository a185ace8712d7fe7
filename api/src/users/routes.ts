import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { type Role, User } from '@jotc/core/api/account'
import { Removal, RoleChange, USER_LIST_DEFAULTS, UserPage, UserQuery } from '@jotc/core/api/users'
import { Type } from 'typebox'
import { audit } from '../auth/audit.ts'
import { BEARER } from '../auth/signed-in.ts'
import { HttpError } from '../http/errors.ts'
import { readsBody } from '../http/input.ts'
import { problemResponses } from '../http/openapi.ts'
import { userRepository } from './repository.ts'

const params = Type.Object({ id: Type.String({ format: 'uuid' }) })

const List = {
  summary: 'Accounts with their counts, for administrators',
  security: BEARER,
  querystring: UserQuery,
  response: { 200: UserPage, ...problemResponses(400, 401, 403, 429) },
}
const ChangeRole = {
  summary: 'Change the role of an account',
  security: BEARER,
  params,
  body: RoleChange,
  response: { 200: User, ...problemResponses(400, 401, 403, 404, 409, 415, 429) },
}
const RemoveSubmissions = {
  summary: 'Remove all submissions of an account',
  security: BEARER,
  params,
  response: { 200: Removal, ...problemResponses(400, 401, 403, 404, 429) },
}

const readsRole = readsBody<{ role: Role }>(['role'], ({ role }) =>
  role === 'admin' || role === 'user'
    ? { value: { role } }
    : { errors: [{ field: 'role', message: '“role” must be one of user, admin.' }] },
)

export const userRoutes: FastifyPluginAsyncTypebox = async (api) => {
  const repository = userRepository(api.database, api.readDatabase)
  const onRequest = [api.signedIn, api.administrator]
  const nobody = () => new HttpError('account-not-found', 'We found no account with this id.')

  api.get('/users', { schema: List, onRequest }, async ({ query }) => {
    const { page, pageSize, sort, sortBy } = { ...USER_LIST_DEFAULTS, ...query }
    const [items, total] = await Promise.all([
      repository.list(query, { sortBy, sort }, (page - 1) * pageSize, pageSize),
      repository.count(query),
    ])
    return { items, total }
  })

  api.patch<{ Params: { id: string }; Body: { role: Role } }>(
    '/users/:id',
    { schema: ChangeRole, validatorCompiler: readsRole, onRequest },
    async (request) => {
      const changed = await repository.setRole(request.params.id, request.body.role)
      if (!changed) throw nobody()
      const { account, before } = changed
      if (before === account.role) return account
      await api.revocations.refresh()
      audit(request, 'role changed', account.id, { from: before, to: account.role })
      return account
    },
  )

  api.delete('/users/:id/submissions', { schema: RemoveSubmissions, onRequest }, async (request) => {
    const removed = await repository.removeSubmissions(request.params.id)
    if (removed === undefined) throw nobody()
    audit(request, 'submissions removed', request.params.id, { removed })
    return { removed }
  })
}
