import { type Static, Type } from 'typebox'

export type Health = Static<typeof Health>
export const Health = Type.Object(
  { status: Type.Union([Type.Literal('ok'), Type.Literal('unavailable')]), version: Type.String() },
  { $id: 'Health' },
)
