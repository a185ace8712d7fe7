import { type Static, Type } from 'typebox'

const CHALLENGE_ID = '019b2c1e-6a3f-7c55-8a52-0f2d4c1b9e77'

/** What `POST /login` answers where the service signs in by code: the code is on its way by email. */
export type Challenge = Static<typeof Challenge>
export const Challenge = Type.Object(
  {
    challengeId: Type.String({ format: 'uuid', description: 'Goes back with the code.' }),
    expiresAt: Type.String({ format: 'date-time', description: 'The newest code works until then.' }),
    resendAfter: Type.Integer({
      minimum: 0,
      description:
        'Seconds until the same `POST /login` sends another email. Until then it sends none, and the code of the ' +
        'newest email works for its challenge too.',
    }),
    checked: Type.Boolean({
      description: 'false: we could not check whether email reaches this address.',
    }),
  },
  {
    $id: 'Challenge',
    examples: [{ challengeId: CHALLENGE_ID, expiresAt: '2026-03-31T10:08:12.000Z', resendAfter: 30, checked: true }],
  },
)

/**
 * The body of `POST /login/code`. A wrong code is a 400 problem with `triesLeft`; a challenge that is unknown,
 * over or used up is a 410 problem: then one starts again with `POST /login`.
 */
export type CodeRequest = Static<typeof CodeRequest>
export const CodeRequest = Type.Object(
  {
    challengeId: Type.String({ format: 'uuid' }),
    code: Type.String({
      pattern: '^\\d{6}$',
      description: 'The six digits from the email. White space is ignored.',
    }),
  },
  {
    $id: 'CodeRequest',
    additionalProperties: false,
    examples: [{ challengeId: CHALLENGE_ID, code: '204861' }],
  },
)
