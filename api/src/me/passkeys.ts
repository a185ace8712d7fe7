import { randomUUIDv7 } from 'node:crypto'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { NewPasskey, Passkey, PasskeyCreationOptions, PasskeyList, PasskeyName } from '@jotc/core/api/passkeys'
import { readName } from '@jotc/core/person/name'
import type { FastifyReply, FastifyRequest } from 'fastify'
import sql, { type Sql } from 'sql-template-tag'
import { Check } from 'typebox/schema'
import { browserOf } from '../auth/browser.ts'
import { passkeyRefused } from '../auth/passkeys.ts'
import { CHANGE_PROBLEMS, SIGNED_IN, SIGNED_IN_PROBLEMS } from '../auth/signed-in.ts'
import type { Query } from '../database/database.ts'
import type { Message } from '../email/mail.ts'
import { emailTemplate } from '../email/template.ts'
import { HttpError } from '../http/errors.ts'
import { IdParams, readsBody, type WithId } from '../http/input.ts'
import { audit } from '../observe/log.ts'

const Options = {
  operationId: 'getPasskeyCreationOptions',
  tags: ['Account'],
  summary: 'What a browser needs to make a passkey for you',
  description: 'For `PublicKeyCredential.parseCreationOptionsFromJSON`, once, within ten minutes.',
  security: SIGNED_IN,
  response: { 200: PasskeyCreationOptions },
  problems: [...CHANGE_PROBLEMS, 'too-many-passkeys'] as const,
}
const Add = {
  operationId: 'addPasskey',
  tags: ['Account'],
  summary: 'Add the passkey that the browser has made',
  description: 'From then on it signs you in (`POST /passkeys/sign-in`). An account has 20 at most.',
  security: SIGNED_IN,
  body: NewPasskey,
  response: { 201: Passkey },
  problems: [...CHANGE_PROBLEMS, 'passkey-refused', 'passkey-challenge-over', 'too-many-passkeys'] as const,
}
const List = {
  operationId: 'listPasskeys',
  tags: ['Account'],
  summary: 'Your passkeys',
  security: SIGNED_IN,
  response: { 200: PasskeyList },
  problems: SIGNED_IN_PROBLEMS,
}
const Rename = {
  operationId: 'renamePasskey',
  tags: ['Account'],
  summary: 'Give a passkey another name',
  security: SIGNED_IN,
  params: IdParams,
  body: PasskeyName,
  response: { 200: Passkey },
  problems: [...CHANGE_PROBLEMS, 'passkey-not-found'] as const,
}
const Remove = {
  operationId: 'removePasskey',
  tags: ['Account'],
  summary: 'Remove a passkey: it signs nobody in from now on',
  description: 'Sessions that it has begun stay.',
  security: SIGNED_IN,
  params: IdParams,
  response: { 204: { description: 'Removed', type: 'null' } },
  problems: [...CHANGE_PROBLEMS, 'passkey-not-found'] as const,
}

const MAX_PASSKEYS = 20
const COLUMNS: Sql = sql`id, name, created_at as "createdAt", used_at as "usedAt"`

/** A person's own passkeys. */
export const passkeyRoutes: FastifyPluginAsyncTypebox = async (api) => {
  const { database } = api
  const onRequest = api.signedIn
  api.post('/me/passkeys/options', { schema: Options, onRequest }, getOptions)
  api.post('/me/passkeys', { schema: Add, validatorCompiler: readsNew, onRequest }, addPasskey)
  api.get('/me/passkeys', { schema: List, onRequest }, listPasskeys)
  api.patch('/me/passkeys/:id', { schema: Rename, validatorCompiler: readsNewName, onRequest }, renamePasskey)
  api.delete('/me/passkeys/:id', { schema: Remove, onRequest }, removePasskey)

  async function getOptions(request: FastifyRequest) {
    await requireRoom(database.query, request.account.id)
    return await api.passkeys.creationOptions(request, request.account)
  }

  async function addPasskey(request: FastifyRequest<{ Body: NewPasskey }>, reply: FastifyReply) {
    const { account, body, headers, log } = request
    const made = await api.passkeys.verify(request, account, body.response)
    const name = body.name ?? nameOf(browserOf(headers)) ?? 'Passkey'
    const { passkey, isProven } = await database.transaction(async (query) => {
      // The lock keeps concurrent requests from exceeding the limit.
      const [owner] = await query<{ isProven: boolean }>(sql`
        select email_verified_at is not null as "isProven" from users where id = ${account.id} for update`)
      await requireRoom(query, account.id)
      const [added] = await query<Passkey>(sql`
        insert into passkeys (id, user_id, credential_id, public_key, counter, transports, verifies_user, name)
        values (${randomUUIDv7()}, ${account.id}, ${made.credentialId}, ${made.publicKey}, ${made.counter},
          ${made.transports}, ${made.verifiesUser}, ${name})
        on conflict (credential_id) do nothing
        returning ${COLUMNS}`)
      // Honest authenticators never reuse a credential id.
      if (!added) throw passkeyRefused()
      return { passkey: added, isProven: owner?.isProven }
    })
    audit(log, 'passkey added', { by: account.id, whom: account.id, passkeyId: passkey.id })
    // An unproven address may be somebody else's, who must not get our emails.
    if (isProven) api.mail.notify(passkeyMail(account.email))
    return reply.code(201).send(passkey)
  }

  async function listPasskeys({ account }: FastifyRequest) {
    const items = await database.query<Passkey>(sql`
      select ${COLUMNS} from passkeys where user_id = ${account.id} order by created_at desc, id desc`)
    return { items }
  }

  async function renamePasskey({ account, params, body }: FastifyRequest<WithId & { Body: PasskeyName }>) {
    const [passkey] = await database.query<Passkey>(sql`
      update passkeys set name = ${body.name} where id = ${params.id} and user_id = ${account.id} returning ${COLUMNS}`)
    if (!passkey) throw passkeyNotFound()
    return passkey
  }

  async function removePasskey({ account, params, log }: FastifyRequest<WithId>, reply: FastifyReply) {
    const [removed] = await database.query<{ id: string }>(sql`
      delete from passkeys where id = ${params.id} and user_id = ${account.id} returning id`)
    if (!removed) throw passkeyNotFound()
    audit(log, 'passkey removed', { by: account.id, whom: account.id, passkeyId: removed.id })
    return reply.code(204).send()
  }
}

/** So that nobody who has taken over a session can add a passkey unnoticed. */
function passkeyMail(to: string): Message {
  const lead = 'A passkey was added to your account at Jumping On The Clouds. It signs in without a code.'
  return emailTemplate(to, 'A passkey was added to your account', lead, [
    'If it was you, you need not do anything.',
    'If it was not you: open your account page, remove the passkey, and sign out every device that you do not know.',
  ])
}

async function requireRoom(query: Query, accountId: string): Promise<void> {
  const [{ count } = { count: 0 }] = await query<{ count: number }>(sql`
    select count(*) from passkeys where user_id = ${accountId}`)
  if (count < MAX_PASSKEYS) return
  throw new HttpError('too-many-passkeys', `You have ${MAX_PASSKEYS} passkeys. Remove one first.`)
}

function passkeyNotFound(): HttpError {
  return new HttpError('passkey-not-found', 'We found no passkey of yours with this id.')
}

/** Reads a name by the rules for people's names. */
function nameOf(text: unknown): string | undefined {
  const name = readName(typeof text === 'string' ? text : '')
  return 'value' in name ? name.value : undefined
}

const NAME_ERROR = { field: 'name', message: 'Give the passkey a name of 1 to 50 characters, one of them a letter.' }
const RESPONSE_ERROR = {
  field: 'response',
  message: 'Send what navigator.credentials.create() gave, as its toJSON() writes it.',
}

const readsNew = readsBody<NewPasskey>(['name', 'response'], ({ name: text, response }) => {
  const name = nameOf(text)
  const errors = []
  if (text !== undefined && name === undefined) errors.push(NAME_ERROR)
  if (!Check(NewPasskey.properties.response, response)) return { errors: [...errors, RESPONSE_ERROR] }
  if (errors.length > 0) return { errors }
  return { value: name === undefined ? { response } : { name, response } }
})

const readsNewName = readsBody<PasskeyName>(['name'], ({ name: text }) => {
  const name = nameOf(text)
  return name === undefined ? { errors: [NAME_ERROR] } : { value: { name } }
})
