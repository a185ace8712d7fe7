import { type Static, Type } from 'typebox'
import { EXAMPLE_USER, Role, User } from './account.ts'

const SUMMARY = { ...EXAMPLE_USER, submissions: 12 }

/** An account as administrators see it. */
export type UserSummary = Static<typeof UserSummary>
export const UserSummary = Type.Object(
  { ...User.properties, submissions: Type.Integer({ description: 'How many are recorded.' }) },
  { $id: 'UserSummary', examples: [SUMMARY] },
)

export const USER_SORT_KEYS = ['createdAt', 'email', 'name', 'submissions'] as const
export type UserSortKey = (typeof USER_SORT_KEYS)[number]

/** The defaults of the parameters. */
export const USER_LIST_DEFAULTS = { page: 1, pageSize: 20, sort: 'asc', sortBy: 'email' } as const

/** `name` sorts by last name, then first name. */
export type UserQuery = Static<typeof UserQuery>
export const UserQuery = Type.Object(
  {
    search: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 254,
        pattern: '^[^\\u0000-\\u001f\\u007f]*$',
        description:
          'Any part of the address or of “first name last name”, in any case, width and form of apostrophes.',
      }),
    ),
    role: Type.Optional(Type.Enum(['user', 'admin'])),
    page: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000, default: USER_LIST_DEFAULTS.page })),
    pageSize: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: USER_LIST_DEFAULTS.pageSize })),
    sort: Type.Optional(Type.Enum(['asc', 'desc'], { default: USER_LIST_DEFAULTS.sort })),
    sortBy: Type.Optional(Type.Enum(USER_SORT_KEYS, { default: USER_LIST_DEFAULTS.sortBy })),
  },
  { additionalProperties: false },
)

export type UserPage = Static<typeof UserPage>
export const UserPage = Type.Object(
  { items: Type.Array(UserSummary), total: Type.Integer({ description: 'How many accounts the search finds.' }) },
  { $id: 'UserPage', examples: [{ items: [SUMMARY], total: 1 }] },
)

/** The body of `PATCH /users/{id}`, which answers the changed `User`; 409 if no administrator would be left. */
export type RoleChange = Static<typeof RoleChange>
export const RoleChange = Type.Object(
  { role: Role },
  { $id: 'RoleChange', additionalProperties: false, examples: [{ role: 'admin' }] },
)

/** The answer of `DELETE /users/{id}/submissions`. */
export type Removal = Static<typeof Removal>
export const Removal = Type.Object(
  { removed: Type.Integer({ description: 'How many there were.' }) },
  { $id: 'Removal', examples: [{ removed: 12 }] },
)
