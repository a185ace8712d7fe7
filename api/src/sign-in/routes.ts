import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Session, SessionQuery, SignInRequest } from '@jotc/core/api/account'
import { Challenge, CodeRequest } from '@jotc/core/api/challenge'
import type { FieldError } from '@jotc/core/api/problem'
import { DETAIL_FIELDS, type Details, detailsFaultText, readDetails } from '@jotc/core/person'
import { utcDate } from '@jotc/core/person/birth-date'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { checkSessionOrigin, SESSION_PROBLEMS, startSession } from '../auth/session-cookie.ts'
import type { SignInMode } from '../email/policy.ts'
import { tooMany } from '../http/errors.ts'
import { readsBody } from '../http/input.ts'
import { clientNetwork } from '../http/network.ts'
import { BODY_PROBLEMS } from '../http/openapi.ts'
import { leasedLimit } from '../redis/rate-limit.ts'
import { codes } from './codes.ts'
import { type AdministratorRules, admitEmail, signInByCode, signInByDetails } from './sign-in.ts'

/** What any sign-in may be refused for. */
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
  summary: 'Sign in with your details; answers with a session, or sends a code (SIGN_IN=code)',
  querystring: SessionQuery,
  body: SignInRequest,
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
  summary: 'Sign in with the code from the email',
  querystring: SessionQuery,
  body: CodeRequest,
  response: { 200: Session },
  problems: [...SIGN_IN_PROBLEMS, 'wrong-code', 'code-over'] as const,
}
/** A school or an office is one client, with many people. */
const CLIENT_FACTOR = 10

type Options = AdministratorRules & { mode: SignInMode; perMinute: number; secrets: readonly string[] }

/** @param perMinute how often an address may try to sign in; a client may ten times as often */
export const signInRoutes: FastifyPluginAsyncTypebox<Options> = async (api, { mode, perMinute, secrets, ...rules }) => {
  const mailedCodes = codes(api, secrets)
  const byDetails = signInByDetails(api, rules)
  const byCode = signInByCode(api, mailedCodes, rules)

  // A minute begins with the first try and then ends for all, so a flood of tries keeps nobody out for longer.
  const limit = (name: string, times: number) => leasedLimit(api.limiter(name, times), times, tooManySignIns)
  const limitClient = limit('login-client', perMinute * CLIENT_FACTOR)
  const limitAddress = limit('login-address', perMinute)
  const limitChallenge = limit('login-challenge', perMinute)

  const onRequest = [checkSessionOrigin, countClient]
  api.post('/login', { schema: SignIn, validatorCompiler: readsDetails, onRequest }, signIn)
  api.post('/login/code', { schema: SignInCode, validatorCompiler: readsCode, onRequest }, signInWithCode)

  async function countClient(request: FastifyRequest): Promise<void> {
    await limitClient(clientNetwork(request))
  }

  type SignInBy<Body> = FastifyRequest<{ Querystring: SessionQuery; Body: Body }>

  async function signIn(request: SignInBy<Details>, reply: FastifyReply) {
    const { body, log } = request
    await limitAddress(body.email)
    const { checked } = await admitEmail(api.verifier, body.email, mode)
    if (mode === 'code') return reply.code(202).send({ ...(await mailedCodes.send(body)), checked })
    return await startSession(reply, request, await byDetails(body, log))
  }

  async function signInWithCode(request: SignInBy<CodeRequest>, reply: FastifyReply) {
    const { body, log } = request
    await limitChallenge(body.challengeId)
    const account = await byCode(await mailedCodes.prove(body.challengeId, body.code), log)
    return await startSession(reply, request, account)
  }
}

const tooManySignIns = (waitS: number) => tooMany('too-many-sign-ins', 'Too many sign-in attempts.', waitS)

/** The body of a sign-in by the rules of `core`, whose form checks by the same. */
const readsDetails = readsBody<Details>(DETAIL_FIELDS, (body) => {
  const reading = readDetails(body, utcDate(Date.now()))
  if ('details' in reading) return { value: reading.details }
  const errors = DETAIL_FIELDS.flatMap((field) => {
    const code = reading.faults[field]
    return code === undefined ? [] : [{ field, message: detailsFaultText(field, code), code }]
  })
  return { errors }
})

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** The body of a sign-in by code. People and mail programs put white space into codes. */
const readsCode = readsBody<CodeRequest>(['challengeId', 'code'], ({ challengeId, code }) => {
  const errors: FieldError[] = []
  const digits = typeof code === 'string' ? code.replace(/\s/g, '') : ''
  if (typeof challengeId !== 'string' || !UUID.test(challengeId)) {
    errors.push({ field: 'challengeId', message: 'Send the challengeId from the answer of POST /login.' })
  }
  if (!/^\d{6}$/.test(digits)) errors.push({ field: 'code', message: 'Enter the six digits from the email.' })
  return errors.length > 0 ? { errors } : { value: { challengeId: challengeId as string, code: digits } }
})
