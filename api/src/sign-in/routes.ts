import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import {
  AccountRequest,
  EmailRequest,
  EXAMPLE_DETAILS,
  Registration,
  Session,
  SessionQuery,
  SignInRequest,
} from '@jotc/core/api/account'
import { Challenge, CodeRequest } from '@jotc/core/api/challenge'
import type { FieldError } from '@jotc/core/api/problem'
import { DETAIL_FIELDS, type Details, detailsFaultText, readDetails } from '@jotc/core/person'
import { utcDate } from '@jotc/core/person/birth-date'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import type { Account } from '../auth/accounts.ts'
import { checkSessionOrigin, SESSION_PROBLEMS, startSession } from '../auth/session-cookie.ts'
import type { SignInMode } from '../email/policy.ts'
import { tooMany } from '../http/errors.ts'
import { readsBody } from '../http/input.ts'
import { clientNetwork } from '../http/network.ts'
import { BODY_PROBLEMS } from '../http/openapi.ts'
import { leasedLimit } from '../redis/rate-limit.ts'
import { codes } from './codes.ts'
import { knownDevices } from './device.ts'
import { keyedHash } from './keyed-hash.ts'
import { passkeySignInRoutes } from './passkeys.ts'
import { type AdministratorRules, admitEmail, signInByCode, signInByDetails } from './sign-in.ts'

/** The problems of every sign-in. */
const SIGN_IN_PROBLEMS = [
  ...BODY_PROBLEMS,
  ...SESSION_PROBLEMS,
  'too-many-sign-ins',
  'overloaded',
  'database-unavailable',
  'out-of-storage',
] as const

const SignIn = {
  operationId: 'signIn',
  tags: ['Sign-in'],
  summary: 'Sign in with your details (SIGN_IN=details), or with your address: sends a code (SIGN_IN=code)',
  querystring: SessionQuery,
  // SIGN_IN decides which of the two (`readsDetails`).
  body: Type.Unsafe<SignInRequest>({
    anyOf: [SignInRequest, EmailRequest],
    examples: [EXAMPLE_DETAILS, { email: EXAMPLE_DETAILS.email }],
  }),
  response: { 200: Session, 202: Challenge },
  problems: [
    ...SIGN_IN_PROBLEMS,
    'email-undeliverable',
    'email-disposable',
    'email-unconfirmed',
    'email-accept-all',
    'email-risky',
    'details-do-not-match',
    'too-many-codes',
    'email-check-unavailable',
    'mail-unavailable',
  ] as const,
}
const SignInCode = {
  operationId: 'signInWithCode',
  tags: ['Sign-in'],
  summary: 'Sign in with the code from the email; a new address is asked for its details',
  querystring: SessionQuery,
  body: CodeRequest,
  response: { 200: Session, 202: Registration },
  problems: [...SIGN_IN_PROBLEMS, 'wrong-code', 'code-over'] as const,
}
const CreateAccount = {
  operationId: 'createAccount',
  tags: ['Sign-in'],
  summary: 'Create the account of a new address',
  querystring: SessionQuery,
  body: AccountRequest,
  response: { 201: Session },
  problems: [...SIGN_IN_PROBLEMS, 'registration-over'] as const,
}

/** A school or an office is one client with many people. */
const CLIENT_FACTOR = 10

type Options = AdministratorRules & {
  mode: SignInMode
  perMinute: number
  minimumAge: number
  mailsPerHour: number
  secrets: readonly string[]
}

/** @param perMinute sign-ins of one client with one address; ten times as many with any addresses */
export const signInRoutes: FastifyPluginAsyncTypebox<Options> = async (api, options) => {
  const { mode, perMinute, minimumAge, secrets } = options
  const mailedCodes = codes(api, options)
  const devices = knownDevices(secrets)
  const clients = keyedHash(secrets, 'jotc client')
  const byDetails = signInByDetails(api, options)
  const byCode = signInByCode(api, mailedCodes, options)

  // A minute starts with the first attempt and is not extended, so a flood keeps nobody out for longer. Attempts count by
  // client, so strangers elsewhere cannot lock out the owner of an address.
  const limit = (name: string, times: number) => leasedLimit(api.limiter(name, times), times, tooManySignIns)
  const limitClient = limit('login-client', perMinute * CLIENT_FACTOR)
  const limitAddress = limit('login-address', perMinute)

  const onRequest = [checkSessionOrigin, countClient]
  const readsSignIn = readsDetails(mode === 'details' ? DETAIL_FIELDS : ['email'], minimumAge)
  const firstStep = mode === 'details' ? signIn : askForCode
  api.post('/login', { schema: SignIn, validatorCompiler: readsSignIn, onRequest }, firstStep)
  api.post('/login/code', { schema: SignInCode, validatorCompiler: readsCode, onRequest }, signInWithCode)
  const readsAccount = readsRegistration(minimumAge)
  api.post('/accounts', { schema: CreateAccount, validatorCompiler: readsAccount, onRequest }, createAccount)

  await api.register(passkeySignInRoutes, { perMinute: perMinute * CLIENT_FACTOR, start })

  async function countClient(request: FastifyRequest): Promise<void> {
    await limitClient(clientNetwork(request))
  }

  type SignInBy<Body> = FastifyRequest<{ Querystring: SessionQuery; Body: Body }>

  async function signIn(request: SignInBy<Details>, reply: FastifyReply) {
    const { body, log } = request
    await limitAddress(`${body.email} ${clientNetwork(request)}`)
    await admitEmail(api.verifier, body.email, mode)
    return await startSession(reply, request, await byDetails(body, log))
  }

  async function askForCode(request: SignInBy<EmailRequest>, reply: FastifyReply) {
    const { email } = request.body
    const device = devices.idFor(email, request)
    const client = {
      // Hashed, so that a copy of the database reveals no network.
      origin: clients.hash(device === undefined ? `network ${clientNetwork(request)}` : `device ${device}`),
      isKnownDevice: device !== undefined,
    }
    return reply.code(202).send(await mailedCodes.send(email, client, () => admitEmail(api.verifier, email, mode)))
  }

  async function signInWithCode(request: SignInBy<CodeRequest>, reply: FastifyReply) {
    const { body, log } = request
    const result = await byCode.signIn(await mailedCodes.prove(body.challengeId, body.code), log)
    return 'registration' in result ? reply.code(202).send(result) : await start(request, reply, result)
  }

  async function createAccount(request: SignInBy<AccountRequest>, reply: FastifyReply) {
    const account = await byCode.register(request.body, request.log)
    return reply
      .code(201)
      .header('location', '/me')
      .send(await start(request, reply, account))
  }

  async function start(request: SignInBy<unknown>, reply: FastifyReply, account: Account) {
    const started = await startSession(reply, request, account)
    if (request.query.session === 'cookie') devices.remember(account.email, request, reply)
    return started
  }
}

const tooManySignIns = (waitS: number) => tooMany('too-many-sign-ins', 'Too many sign-in attempts.', waitS)

/** A body of these details, by the rules of `core` that the form uses too. */
function readsDetails(fields: readonly (keyof Details)[], minimumAge: number) {
  return readsBody(fields, (body) => read(body, fields, minimumAge))
}

/** The body of `POST /accounts`. */
function readsRegistration(minimumAge: number) {
  const [, ...about] = DETAIL_FIELDS
  return readsBody(['registration', ...about], ({ registration, ...body }) => {
    const reading = read(body, about, minimumAge)
    const errors: FieldError[] = 'errors' in reading ? reading.errors : []
    if (typeof registration !== 'string' || registration === '') {
      const message = 'Send the registration from the answer of POST /login/code.'
      return { errors: [{ field: 'registration', message }, ...errors] }
    }
    return 'errors' in reading ? { errors } : { value: { registration, ...reading.value } }
  })
}

function read(body: Record<string, unknown>, fields: readonly (keyof Details)[], minimumAge: number) {
  const reading = readDetails(body, fields, { today: utcDate(Date.now()), minimumAge })
  if ('details' in reading) return { value: reading.details }
  const errors = fields.flatMap((field): FieldError[] => {
    const code = reading.faults[field]
    return code === undefined ? [] : [{ field, message: detailsFaultText(field, code, minimumAge), code }]
  })
  return { errors }
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** The body of a sign-in by code. People and mail programs add white space to codes. */
const readsCode = readsBody<CodeRequest>(['challengeId', 'code'], ({ challengeId, code }) => {
  const errors: FieldError[] = []
  const digits = typeof code === 'string' ? code.replace(/\s/g, '') : ''
  if (typeof challengeId !== 'string' || !UUID.test(challengeId)) {
    errors.push({ field: 'challengeId', message: 'Send the challengeId from the answer of POST /login.' })
  }
  if (!/^\d{6}(\d{6})?$/.test(digits)) errors.push({ field: 'code', message: 'Enter all digits from the email.' })
  return errors.length > 0 ? { errors } : { value: { challengeId: challengeId as string, code: digits } }
})
