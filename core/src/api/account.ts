import { type Static, Type } from 'typebox'

export type Role = Static<typeof Role>
export const Role = Type.Union([Type.Literal('user'), Type.Literal('admin')])

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
  { $id: 'User' },
)

/** Checked by `readDetails`, whose rules the descriptions repeat. */
export type SignInRequest = Static<typeof SignInRequest>
export const SignInRequest = Type.Object(
  {
    email: Type.String({ description: 'ASCII before the @, a domain with a dot after it; at most 254 characters.' }),
    firstName: Type.String({ description: '1 to 50 characters as a person counts them, one of them a letter.' }),
    lastName: Type.String({ description: 'As the first name. Who has one name writes it twice.' }),
    birthDate: Type.String({ format: 'date', description: 'YYYY-MM-DD, from 1900 on, of a person of 18 or older.' }),
  },
  {
    $id: 'SignInRequest',
    additionalProperties: false,
    examples: [{ email: 'mira@example.org', firstName: 'Mira', lastName: 'Okafor', birthDate: '1990-05-09' }],
  },
)

export type Session = Static<typeof Session>
export const Session = Type.Object(
  {
    token: Type.String({ description: 'For the header `Authorization: Bearer TOKEN`.' }),
    expiresAt: Type.String({ format: 'date-time' }),
    user: User,
  },
  { $id: 'Session' },
)
