import { type Static, Type } from 'typebox'

const Base64Url = Type.String({ pattern: '^[\\w-]+$' })
const Instant = Type.String({ format: 'date-time' })

const PASSKEY = {
  id: '019b2c1e-6a3f-7c55-8a52-0f2d4c1b9e77',
  name: 'Firefox on Linux',
  createdAt: '2026-03-31T09:58:12.604Z',
  usedAt: null,
}
const CHALLENGE = 'q0eKcD1mBTh5W8oVxO0k2tJbY5yQ4nR6uF3sLzGaPwE'
const CREDENTIAL_ID = 'Xk2vQ9w1TzqJ0m5nB8cR4A'
const CREDENTIAL = { id: CREDENTIAL_ID, rawId: CREDENTIAL_ID, type: 'public-key' }
const CLIENT_DATA = 'eyJ0eXBlIjoid2ViYXV0aG4ifQ'

export type Passkey = Static<typeof Passkey>
export const Passkey = Type.Object(
  {
    id: Type.String({ format: 'uuid' }),
    name: Type.String(),
    createdAt: Instant,
    usedAt: Type.Union([Instant, Type.Null()], { description: 'The last sign-in; null where there was none.' }),
  },
  { $id: 'Passkey', examples: [PASSKEY] },
)

export type PasskeyList = Static<typeof PasskeyList>
export const PasskeyList = Type.Object(
  { items: Type.Array(Passkey, { description: 'The newest first.' }) },
  { $id: 'PasskeyList', examples: [{ items: [PASSKEY] }] },
)

export type PasskeyName = Static<typeof PasskeyName>
export const PasskeyName = Type.Object(
  { name: Type.String({ description: '1 to 50 characters, one of them a letter.' }) },
  { $id: 'PasskeyName', additionalProperties: false, examples: [{ name: 'My phone' }] },
)

/** For `PublicKeyCredential.parseCreationOptionsFromJSON` (Web Authentication, level 3). */
export type PasskeyCreationOptions = Static<typeof PasskeyCreationOptions>
export const PasskeyCreationOptions = Type.Object(
  {
    rp: Type.Object({ id: Type.String(), name: Type.String() }),
    user: Type.Object({ id: Base64Url, name: Type.String(), displayName: Type.String() }),
    challenge: Base64Url,
    pubKeyCredParams: Type.Array(Type.Object({ type: Type.Literal('public-key'), alg: Type.Integer() })),
    timeout: Type.Integer({ description: 'Milliseconds.' }),
    attestation: Type.String(),
    excludeCredentials: Type.Array(
      Type.Object({ type: Type.Literal('public-key'), id: Base64Url, transports: Type.Array(Type.String()) }),
    ),
    authenticatorSelection: Type.Object({
      residentKey: Type.String(),
      requireResidentKey: Type.Boolean(),
      userVerification: Type.String(),
    }),
  },
  {
    $id: 'PasskeyCreationOptions',
    examples: [
      {
        rp: { id: 'clouds.example.org', name: 'Jumping On The Clouds' },
        user: { id: 'AZsrkBPUf26cGlt-LY9KYA', name: 'mira@example.org', displayName: 'Mira Okafor' },
        challenge: CHALLENGE,
        pubKeyCredParams: [{ type: 'public-key', alg: -7 }],
        timeout: 600_000,
        attestation: 'none',
        excludeCredentials: [],
        authenticatorSelection: { residentKey: 'required', requireResidentKey: true, userVerification: 'preferred' },
      },
    ],
  },
)

/** For `PublicKeyCredential.parseRequestOptionsFromJSON`: accepts any passkey of this service. */
export type PasskeyRequestOptions = Static<typeof PasskeyRequestOptions>
export const PasskeyRequestOptions = Type.Object(
  {
    rpId: Type.String(),
    challenge: Base64Url,
    timeout: Type.Integer({ description: 'Milliseconds.' }),
    userVerification: Type.String(),
  },
  {
    $id: 'PasskeyRequestOptions',
    examples: [{ rpId: 'clouds.example.org', challenge: CHALLENGE, timeout: 600_000, userVerification: 'preferred' }],
  },
)

const credential = { id: Base64Url, rawId: Base64Url, type: Type.Literal('public-key') }

/** A new passkey, with `toJSON()` of the result of `navigator.credentials.create()`. */
export type NewPasskey = Static<typeof NewPasskey>
export const NewPasskey = Type.Object(
  {
    name: Type.Optional(
      Type.String({ description: '1 to 50 characters, one of them a letter; without it the kind of browser.' }),
    ),
    response: Type.Object({
      ...credential,
      response: Type.Object({
        clientDataJSON: Base64Url,
        attestationObject: Base64Url,
        transports: Type.Optional(Type.Array(Type.String({ maxLength: 50 }), { maxItems: 20 })),
      }),
    }),
  },
  {
    $id: 'NewPasskey',
    additionalProperties: false,
    examples: [
      {
        name: 'My phone',
        response: {
          ...CREDENTIAL,
          response: { clientDataJSON: CLIENT_DATA, attestationObject: 'o2NmbXRkbm9uZQ', transports: ['internal'] },
        },
      },
    ],
  },
)

/** `toJSON()` of the result of `navigator.credentials.get()`. */
export type PasskeySignIn = Static<typeof PasskeySignIn>
export const PasskeySignIn = Type.Object(
  {
    response: Type.Object({
      ...credential,
      response: Type.Object({
        clientDataJSON: Base64Url,
        authenticatorData: Base64Url,
        signature: Base64Url,
        userHandle: Base64Url,
      }),
    }),
  },
  {
    $id: 'PasskeySignIn',
    additionalProperties: false,
    examples: [
      {
        response: {
          ...CREDENTIAL,
          response: {
            clientDataJSON: CLIENT_DATA,
            authenticatorData: 'SZYN5YgOjGh0NBcPZHZgW4_krrmihjLHmVzzuoMdl2MFAAAAAQ',
            signature: 'MEUCIQDx',
            userHandle: 'AZsrkBPUf26cGlt-LY9KYA',
          },
        },
      },
    ],
  },
)
