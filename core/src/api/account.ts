import { type Static, Type } from 'typebox'

export type Role = Static<typeof Role>
export const Role = Type.Union([Type.Literal('user'), Type.Literal('admin')])

export const EXAMPLE_DETAILS = {
  email: 'mira@example.org',
  firstName: 'Mira',
  lastName: 'Okafor',
  birthDate: '1990-05-09',
}
export const EXAMPLE_USER = {
  id: '019b2b90-13d4-7f6e-9c1a-5b7e2d8f4a60',
  ...EXAMPLE_DETAILS,
  role: 'user',
  createdAt: '2026-03-31T09:58:12.604Z',
}

export type User = Static<typeof User>
export const User = Type.Object(
  {
    id: Type.String({ format: 'uuid' }),
    email: Type.String(),
    firstName: Type.String(),
    lastName: Type.String(),
    birthDate: Type.String({ format: 'date' }),
    role: Role,
    createdAt: Type.String({ format: 'date-time' }),
  },
  { $id: 'User', examples: [EXAMPLE_USER] },
)

const EMAIL = Type.String({
  description: 'ASCII before the @, a domain with a dot after it; at most 254 characters.',
})
const ABOUT = {
  firstName: Type.String({
    description: '1 to 50 characters as a person counts them, one of them a letter, none of them invisible.',
  }),
  lastName: Type.String({ description: 'Like the first name. People with one name send it twice.' }),
  birthDate: Type.String({
    format: 'date',
    description: 'YYYY-MM-DD, from 1900 on, of a person of the least age (`MINIMUM_AGE`, 18 unless set) or older.',
  }),
}

/** Checked by `readDetails`, whose rules the descriptions repeat. */
export type SignInRequest = Static<typeof SignInRequest>
export const SignInRequest = Type.Object(
  { email: EMAIL, ...ABOUT },
  {
    $id: 'SignInRequest',
    additionalProperties: false,
    examples: [EXAMPLE_DETAILS],
  },
)

/** The query of each call that signs in. */
export type SessionQuery = Static<typeof SessionQuery>
export const SessionQuery = Type.Object(
  {
    session: Type.Optional(
      Type.Enum(['token', 'cookie'], {
        default: 'token',
        description:
          'What the session is held by: a token in the answer, for programs, or an HttpOnly cookie, for a page of the ' +
          'same origin.',
      }),
    ),
  },
  { additionalProperties: false },
)

/** The answer unless the query asks for a cookie. */
export type Session = Required<Static<typeof Session>>
export const Session = Type.Object(
  {
    token: Type.Optional(
      Type.String({ description: 'For the header `Authorization: Bearer TOKEN`. Not with `?session=cookie`.' }),
    ),
    expiresAt: Type.String({
      format: 'date-time',
      description: 'When it ends. A session by cookie then ends only if it is not used before.',
    }),
    user: User,
  },
  {
    $id: 'Session',
    examples: [
      {
        token: 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIwMTlifQ.c2lnbmF0dXJl',
        expiresAt: '2026-03-31T10:58:12.000Z',
        user: EXAMPLE_USER,
      },
    ],
  },
)

/** The body of `POST /login` with `SIGN_IN=code`. */
export type EmailRequest = Static<typeof EmailRequest>
export const EmailRequest = Type.Object(
  { email: EMAIL },
  { $id: 'EmailRequest', additionalProperties: false, examples: [{ email: EXAMPLE_DETAILS.email }] },
)

const REGISTRATION = 'q7Jm0fT3cXyV5bWl2nZs8aKdRgHuPoEi1tYvQxNrMwA'

/** The answer to a right code if its address has no account yet: with the details it creates one. */
export type Registration = Static<typeof Registration>
export const Registration = Type.Object(
  {
    registration: Type.String({ description: 'Goes back with the details, once.' }),
    expiresAt: Type.String({ format: 'date-time', description: 'In 30 minutes.' }),
    email: Type.String({ description: 'The address that was proven.' }),
  },
  {
    $id: 'Registration',
    examples: [{ registration: REGISTRATION, expiresAt: '2026-03-31T10:28:12.000Z', email: EXAMPLE_DETAILS.email }],
  },
)

/** The body of `POST /accounts`. */
export type AccountRequest = Static<typeof AccountRequest>
export const AccountRequest = Type.Object(
  { registration: Type.String({ description: 'From the answer of `POST /login/code`.' }), ...ABOUT },
  {
    $id: 'AccountRequest',
    additionalProperties: false,
    examples: [
      {
        registration: REGISTRATION,
        firstName: EXAMPLE_DETAILS.firstName,
        lastName: EXAMPLE_DETAILS.lastName,
        birthDate: EXAMPLE_DETAILS.birthDate,
      },
    ],
  },
)
