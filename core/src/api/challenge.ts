import { type Static, Type } from 'typebox'

const CHALLENGE_ID = '019b2c1e-6a3f-7c55-8a52-0f2d4c1b9e77'

/**
 * The answer of `POST /login` with `SIGN_IN=code`: the code is on its way by email. It is the same whether or not the
 * address has an account.
 */
export type Challenge = Static<typeof Challenge>
export const Challenge = Type.Object(
  {
    challengeId: Type.String({ format: 'uuid', description: 'Goes back with the code.' }),
    expiresAt: Type.String({ format: 'date-time', description: 'The code works until then.' }),
    digits: Type.Union([Type.Literal(6), Type.Literal(12)], {
      description: 'How many the code has: 12 after many wrong guesses at the address.',
    }),
    resendAfter: Type.Integer({
      minimum: 0,
      description:
        'Seconds until the same `POST /login` sends another email, with a code of its own. Until then it sends none ' +
        'and answers the same challenge again.',
    }),
    checked: Type.Boolean({
      description: 'false: we could not check whether email reaches this address.',
    }),
  },
  {
    $id: 'Challenge',
    examples: [
      { challengeId: CHALLENGE_ID, expiresAt: '2026-03-31T10:08:12.000Z', digits: 6, resendAfter: 30, checked: true },
    ],
  },
)

/**
 * The body of `POST /login/code`. A wrong code is a 400 problem with `triesLeft`; a challenge that is unknown, expired or
 * used up is a 410 problem: start again with `POST /login`.
 */
export type CodeRequest = Static<typeof CodeRequest>
export const CodeRequest = Type.Object(
  {
    challengeId: Type.String({ format: 'uuid' }),
    code: Type.String({
      pattern: '^\\d{6}(\\d{6})?$',
      description: 'The digits from the email, six or twelve. White space is ignored.',
    }),
  },
  {
    $id: 'CodeRequest',
    additionalProperties: false,
    examples: [{ challengeId: CHALLENGE_ID, code: '204861' }],
  },
)
