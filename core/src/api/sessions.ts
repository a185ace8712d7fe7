import { type Static, Type } from 'typebox'

const Id = Type.String({ format: 'uuid' })
const Instant = Type.String({ format: 'date-time' })

const SESSION = {
  id: '019b2c1e-6a3f-7c55-8a52-0f2d4c1b9e77',
  browser: 'Firefox on Linux',
  createdAt: '2026-03-31T09:58:12.604Z',
  usedAt: '2026-03-31T10:41:00.000Z',
  isCurrent: true,
}
const TOKEN = {
  id: '019b2c20-1d0b-7a63-b0a4-2f6d0c8e5b11',
  name: 'Exercise sheet 4',
  scope: 'record',
  createdAt: '2026-03-31T09:58:12.604Z',
  expiresAt: '2026-06-29T09:58:12.604Z',
  usedAt: null,
}

/** A session by cookie, as a list shows it. Signed tokens are not listed. */
export type ListedSession = Static<typeof ListedSession>
export const ListedSession = Type.Object(
  {
    id: Id,
    browser: Type.String({ description: 'What it was started with, as the browser says: “Firefox on Linux”.' }),
    createdAt: Instant,
    usedAt: Type.String({ format: 'date-time', description: 'At most a minute behind.' }),
    isCurrent: Type.Boolean({ description: 'Whether it is the one that asks.' }),
  },
  { $id: 'ListedSession', examples: [SESSION] },
)

export type SessionList = Static<typeof SessionList>
export const SessionList = Type.Object(
  { items: Type.Array(ListedSession, { description: 'The last used first.' }) },
  { $id: 'SessionList', examples: [{ items: [SESSION] }] },
)

/** `read`: your account and submissions. `record`: boards are recorded, too. */
export type ApiTokenScope = Static<typeof ApiTokenScope>
export const ApiTokenScope = Type.Enum(['read', 'record'])

const listed = {
  id: Id,
  name: Type.String(),
  scope: ApiTokenScope,
  createdAt: Instant,
  expiresAt: Instant,
  usedAt: Type.Union([Instant, Type.Null()], { description: 'At most a minute behind; null where it was never used.' }),
}

export type ListedApiToken = Static<typeof ListedApiToken>
export const ListedApiToken = Type.Object(listed, { $id: 'ListedApiToken', examples: [TOKEN] })

export type ApiTokenList = Static<typeof ApiTokenList>
export const ApiTokenList = Type.Object(
  { items: Type.Array(ListedApiToken, { description: 'The newest first.' }) },
  { $id: 'ApiTokenList', examples: [{ items: [TOKEN] }] },
)

/** The request for an API token. */
export const MAX_API_TOKEN_DAYS = 366
export type ApiTokenRequest = Static<typeof ApiTokenRequest>
export const ApiTokenRequest = Type.Object(
  {
    name: Type.String({ description: 'What it is for: 1 to 50 characters, one of them a letter.' }),
    scope: ApiTokenScope,
    expiresInDays: Type.Integer({ minimum: 1, maximum: MAX_API_TOKEN_DAYS }),
  },
  {
    $id: 'ApiTokenRequest',
    additionalProperties: false,
    examples: [{ name: TOKEN.name, scope: TOKEN.scope, expiresInDays: 90 }],
  },
)

/** The only answer with the token itself. */
export type NewApiToken = Static<typeof NewApiToken>
export const NewApiToken = Type.Object(
  {
    ...listed,
    token: Type.String({
      pattern: '^jotc_[\\w-]{43}$',
      description: 'For the header `Authorization: Bearer TOKEN`. It is shown this once.',
    }),
  },
  {
    $id: 'NewApiToken',
    examples: [{ ...TOKEN, token: 'jotc_k3Yw0kQm7uT2r9sXc1vB5nJ8hG4fD6aLzPqWeRtYuIo' }],
  },
)
