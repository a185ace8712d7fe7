import { type Static, Type } from 'typebox'

export type FieldError = Static<typeof FieldError>
export const FieldError = Type.Object(
  { field: Type.String(), message: Type.String({ description: 'A sentence for the person.' }) },
  { $id: 'FieldError' },
)

/** Every error answer, in the shape of RFC 9457 (`application/problem+json`). */
export type Problem = Static<typeof Problem>
export const Problem = Type.Object(
  {
    type: Type.String({ description: '`about:blank`: the status says it all.' }),
    title: Type.String(),
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
