import { type Static, Type } from 'typebox'

export type Health = Static<typeof Health>
export const Health = Type.Object(
  {
    status: Type.Union([Type.Literal('ok'), Type.Literal('degraded'), Type.Literal('unavailable')], {
      description: 'degraded: Redis or the replica is gone or far behind, and all is served without it.',
    }),
    version: Type.String(),
    commit: Type.String({
      description: 'What an image was built from, where its builder said so; otherwise “unknown”.',
    }),
  },
  { $id: 'Health', examples: [{ status: 'ok', version: '1.0.0', commit: 'be13f12' }] },
)
