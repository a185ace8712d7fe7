import { randomUUIDv7 } from 'node:crypto'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import {
  ApiTokenList,
  ApiTokenRequest,
  ApiTokenScope,
  type ListedApiToken,
  MAX_API_TOKEN_DAYS,
  NewApiToken,
} from '@jotc/core/api/sessions'
import { readName } from '@jotc/core/person/name'
import type { FastifyReply, FastifyRequest } from 'fastify'
import sql, { type Sql } from 'sql-template-tag'
import { newApiToken } from '../auth/api-tokens.ts'
import { hashOf } from '../auth/secrets.ts'
import { CHANGE_PROBLEMS, SIGNED_IN, SIGNED_IN_PROBLEMS } from '../auth/signed-in.ts'
import { HttpError } from '../http/errors.ts'
import { IdParams, readsBody, type WithId } from '../http/input.ts'
import { audit } from '../observe/log.ts'

const List = {
  operationId: 'listApiTokens',
  tags: ['Account'],
  summary: 'Your API tokens, also those that have expired',
  security: SIGNED_IN,
  response: { 200: ApiTokenList },
  problems: SIGNED_IN_PROBLEMS,
}
const Create = {
  operationId: 'createApiToken',
  tags: ['Account'],
  summary: 'Make an API token for a script',
  description:
    'Sent as a bearer token, it acts for you within its scope: `read` is `GET /me` and every GET below `/jotc`, ' +
    '`record` is `POST /jotc` and `POST /jotc/batch` too. Nothing else: neither your account nor its tokens and ' +
    'sessions, nor those of others. An account has 20 at most.',
  security: SIGNED_IN,
  body: ApiTokenRequest,
  response: { 201: NewApiToken },
  problems: [...CHANGE_PROBLEMS, 'too-many-api-tokens'] as const,
}
const Delete = {
  operationId: 'deleteApiToken',
  tags: ['Account'],
  summary: 'Delete an API token: it is rejected from now on',
  security: SIGNED_IN,
  params: IdParams,
  response: { 204: { description: 'Deleted', type: 'null' } },
  problems: [...CHANGE_PROBLEMS, 'api-token-not-found'] as const,
}

const MAX_API_TOKENS = 20
const COLUMNS: Sql = sql`id, name, scope, created_at as "createdAt", expires_at as "expiresAt", used_at as "usedAt"`

/** A person's own API tokens. */
export const tokenRoutes: FastifyPluginAsyncTypebox = async (api) => {
  const onRequest = api.signedIn
  api.get('/me/tokens', { schema: List, onRequest }, listTokens)
  api.post('/me/tokens', { schema: Create, validatorCompiler: readsRequest, onRequest }, createToken)
  api.delete('/me/tokens/:id', { schema: Delete, onRequest }, deleteToken)

  async function listTokens({ account }: FastifyRequest) {
    const items = await api.database.query<ListedApiToken>(sql`
      select ${COLUMNS} from api_tokens where user_id = ${account.id} order by created_at desc, id desc`)
    return { items }
  }

  async function createToken(request: FastifyRequest<{ Body: ApiTokenRequest }>, reply: FastifyReply) {
    const { account, body, log } = request
    const token = newApiToken()
    const id = randomUUIDv7()
    const created = await api.database.transaction(async (query) => {
      // The lock keeps concurrent requests from exceeding the limit. A retry must not count the row of its first run.
      await query(sql`select from users where id = ${account.id} for update`)
      const [{ count } = { count: 0 }] = await query<{ count: number }>(sql`
        select count(*) from api_tokens where user_id = ${account.id} and id <> ${id}`)
      if (count >= MAX_API_TOKENS) {
        throw new HttpError('too-many-api-tokens', `You have ${MAX_API_TOKENS} API tokens. Delete one first.`)
      }
      const [row] = await query<ListedApiToken>(sql`
        insert into api_tokens (id, user_id, name, hash, scope, expires_at)
        values (${id}, ${account.id}, ${body.name}, ${hashOf(token)}, ${body.scope},
          date_trunc('milliseconds', clock_timestamp()) + make_interval(days => ${body.expiresInDays}))
        returning ${COLUMNS}`)
      return row as ListedApiToken
    })
    audit(log, 'API token made', { by: account.id, whom: account.id, tokenId: id, scope: body.scope })
    return reply.code(201).send({ ...created, token })
  }

  async function deleteToken({ account, params, log }: FastifyRequest<WithId>, reply: FastifyReply) {
    const [token] = await api.database.query<{ id: string }>(sql`
      delete from api_tokens where id = ${params.id} and user_id = ${account.id} returning id`)
    if (!token) throw new HttpError('api-token-not-found', 'We found no API token of yours with this id.')
    await api.revocations.refresh()
    audit(log, 'API token deleted', { by: account.id, whom: account.id, tokenId: token.id })
    return reply.code(204).send()
  }
}

const SCOPES: readonly unknown[] = ApiTokenScope.enum

const readsRequest = readsBody<ApiTokenRequest>(['name', 'scope', 'expiresInDays'], (body) => {
  const { name: text, scope, expiresInDays: days } = body
  const name = readName(typeof text === 'string' ? text : '')
  const errors = []
  if (!('value' in name)) errors.push({ field: 'name', message: NAME_FAULT, code: name.fault })
  if (!SCOPES.includes(scope)) errors.push({ field: 'scope', message: '“scope” must be one of read, record.' })
  if (!Number.isInteger(days) || Number(days) < 1 || Number(days) > MAX_API_TOKEN_DAYS) {
    const message = `“expiresInDays” must be a whole number from 1 to ${MAX_API_TOKEN_DAYS}.`
    errors.push({ field: 'expiresInDays', message })
  }
  if (!('value' in name) || errors.length > 0) return { errors }
  return { value: { name: name.value, scope: scope as ApiTokenScope, expiresInDays: Number(days) } }
})

const NAME_FAULT = 'Give the token a name of 1 to 50 characters, one of them a letter.'
