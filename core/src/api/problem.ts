import { type Static, Type } from 'typebox'

type TypeOfProblem = { status: number; description: string }

/** Every foreseen failure: the slug of its `type`, its status, and what it means. */
export const PROBLEM_TYPES = {
  'invalid-input': { status: 400, description: 'Some fields are wrong; `errors` names each of them.' },
  'malformed-request': { status: 400, description: 'The request is not valid HTTP, or its body is not valid JSON.' },
  'wrong-code': { status: 400, description: 'The code does not match; `triesLeft` says how many tries are left.' },
  'email-undeliverable': { status: 400, description: 'The address cannot receive email.' },
  'email-disposable': { status: 400, description: 'The address is a temporary one.' },
  'email-unconfirmed': { status: 400, description: 'The address could not be confirmed; it may be later.' },
  'email-accept-all': { status: 400, description: 'The address’s server accepts every name, so it proves nothing.' },
  'email-risky': { status: 400, description: 'Email to the address may not arrive.' },
  'passkey-refused': { status: 400, description: 'The passkey could not be verified, or is not known.' },
  'sign-in-required': { status: 401, description: 'The request has neither a token nor the cookie of a session.' },
  'invalid-token': { status: 401, description: 'The token is malformed or was not issued by this service.' },
  'session-expired': { status: 401, description: 'The token has expired, or the session was not used for too long.' },
  'session-ended': { status: 401, description: 'The token or session was signed out, or the API token deleted.' },
  'account-erased': { status: 401, description: 'The account of the token or session no longer exists.' },
  'details-do-not-match': { status: 401, description: 'The address has an account with other details.' },
  'cross-origin': { status: 403, description: 'A cookie counts only in requests of the page’s own origin.' },
  'scope-missing': { status: 403, description: 'The API token is not for this.' },
  'administrators-only': { status: 403, description: 'Only administrators can do this.' },
  'not-found': { status: 404, description: 'There is nothing at this address.' },
  'account-not-found': { status: 404, description: 'No account has this id.' },
  'session-not-found': { status: 404, description: 'You have no session with this id.' },
  'api-token-not-found': { status: 404, description: 'You have no API token with this id.' },
  'passkey-not-found': { status: 404, description: 'You have no passkey with this id.' },
  'submission-not-found': { status: 404, description: 'No submission that you can see has this id.' },
  'method-not-allowed': { status: 405, description: 'The address has other methods; `Allow` lists them.' },
  'last-administrator': { status: 409, description: 'It would leave the service without an administrator.' },
  'too-many-api-tokens': { status: 409, description: 'The account has as many API tokens as it can have.' },
  'too-many-passkeys': { status: 409, description: 'The account has as many passkeys as it can have.' },
  'idempotency-key-reused': { status: 409, description: 'The `Idempotency-Key` belongs to another submission.' },
  'code-over': { status: 410, description: 'The code was used, has expired, or was tried too often.' },
  'registration-over': { status: 410, description: 'The registration was used or has expired: sign in again.' },
  'passkey-challenge-over': { status: 410, description: 'The challenge was used, has expired, or is unknown.' },
  'body-too-large': { status: 413, description: 'The body is larger than the limit.' },
  'url-too-long': { status: 414, description: 'A part of the URL is too long.' },
  'unsupported-media-type': { status: 415, description: 'The body has a `Content-Type` that is not accepted here.' },
  'rate-limited': { status: 429, description: 'Too many requests; `Retry-After` says when to try again.' },
  'too-many-sign-ins': { status: 429, description: 'Too many attempts to sign in; see `Retry-After`.' },
  'too-many-codes': { status: 429, description: 'Too many codes were sent to the address; see `Retry-After`.' },
  'too-many-imports': { status: 429, description: 'Two imports of the account are running; see `Retry-After`.' },
  'too-many-exports': { status: 429, description: 'Two exports of the account are running; see `Retry-After`.' },
  'too-many-feeds': { status: 429, description: 'The account has 10 live feeds open; see `Retry-After`.' },
  unexpected: { status: 500, description: 'An error that was not foreseen; `code` names it in the log.' },
  overloaded: { status: 503, description: 'The service is busy; see `Retry-After`.' },
  'database-unavailable': { status: 503, description: 'The service cannot reach its database; see `Retry-After`.' },
  'out-of-storage': { status: 503, description: 'The database has no disk space or memory left; see `Retry-After`.' },
  'submission-removed': { status: 503, description: 'The submission was removed while it was being recorded.' },
  'email-check-unavailable': { status: 503, description: 'Email addresses cannot be checked; see `Retry-After`.' },
  'mail-unavailable': { status: 503, description: 'The email with the code could not be sent; see `Retry-After`.' },
} as const satisfies Record<string, TypeOfProblem>

export type ProblemType = keyof typeof PROBLEM_TYPES
export type ProblemUri = `/problems/${ProblemType}`

export function problemUri(type: ProblemType): ProblemUri {
  return `/problems/${type}`
}

const SLUGS = Object.keys(PROBLEM_TYPES) as ProblemType[]
const MEANINGS = SLUGS.map((slug) => `- \`${problemUri(slug)}\`: ${PROBLEM_TYPES[slug].description}`)

export type FieldError = Static<typeof FieldError>
export const FieldError = Type.Object(
  {
    field: Type.String(),
    message: Type.String({ description: 'A sentence for the person.' }),
    code: Type.Optional(Type.String({ description: 'A stable name of what is wrong, where it has one: `noAt`.' })),
  },
  { $id: 'FieldError' },
)

/** Every error answer, in the shape of RFC 9457 (`application/problem+json`). */
export type Problem = Static<typeof Problem>
export const Problem = Type.Object(
  {
    type: Type.Enum(SLUGS.map(problemUri), {
      description: `A stable URI for each foreseen cause:\n\n${MEANINGS.join('\n')}`,
    }),
    title: Type.String({ description: 'The phrase of the status.' }),
    status: Type.Integer(),
    detail: Type.Optional(Type.String()),
    requestId: Type.String({ description: 'The same id is in the log.' }),
    errors: Type.Optional(Type.Array(FieldError, { description: 'Every field that is wrong.' })),
    didYouMean: Type.Optional(
      Type.String({ description: 'The address that was probably meant. An offer: nobody takes it unasked.' }),
    ),
    triesLeft: Type.Optional(Type.Integer({ minimum: 0, description: 'After a wrong code.' })),
    code: Type.Optional(
      Type.String({ pattern: '^[0-9a-f]{16}$', description: 'Names an unexpected error in the log.' }),
    ),
    stack: Type.Optional(Type.String({ description: 'In development only.' })),
  },
  { $id: 'Problem' },
)
