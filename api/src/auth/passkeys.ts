import { randomBytes } from 'node:crypto'
import type { NewPasskey, PasskeyCreationOptions, PasskeyRequestOptions, PasskeySignIn } from '@jotc/core/api/passkeys'
import type { FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import sql from 'sql-template-tag'
import { HttpError } from '../http/errors.ts'
import { type Account, accountErased } from './accounts.ts'

declare module 'fastify' {
  interface FastifyInstance {
    passkeys: Passkeys
  }
}

type RegistrationResponse = NewPasskey['response']
type AuthenticationResponse = PasskeySignIn['response']

/** What is stored of a new passkey. */
export type VerifiedPasskey = {
  credentialId: Uint8Array
  publicKey: Uint8Array
  counter: number
  transports: string[]
  verifiesUser: boolean
}

export type Passkeys = {
  /** What a browser needs to create a passkey for the account. */
  creationOptions(request: FastifyRequest, account: Account): Promise<PasskeyCreationOptions>
  /** Checks a passkey created with these options. @throws {HttpError} `passkey-refused` or `passkey-challenge-over` */
  verify(request: FastifyRequest, account: Account, response: RegistrationResponse): Promise<VerifiedPasskey>
  /** What a browser needs to sign in with any passkey of this service. */
  requestOptions(request: FastifyRequest): Promise<PasskeyRequestOptions>
  /**
   * The account of the passkey that signed. Records the use of the passkey.
   *
   * @throws {HttpError} `passkey-refused` (whether the passkey is unknown, removed, of another account or copied),
   *   `passkey-challenge-over` or `account-erased`
   */
  signIn(request: FastifyRequest, response: AuthenticationResponse): Promise<Account>
}

const CHALLENGE_LIFETIME_S = 600
const CHALLENGE_BYTES = 32
/** EdDSA, ES256, RS256: every authenticator knows one of them. */
const ALGORITHMS = [-8, -7, -257]

/** Loaded with the first passkey, because it takes 27 MB. */
const webAuthn = () => import('@simplewebauthn/server')

type Row = {
  id: string
  accountId: string
  publicKey: Uint8Array<ArrayBuffer>
  counter: number
  verifiesUser: boolean
}

/**
 * Passkeys (Web Authentication): creates challenges and verifies signatures.
 *
 * Promises: each challenge works once, within ten minutes, for the account it was created for. A passkey only works on
 * pages of `appUrl`. One that verified its user when it was created must always do so. One whose counter does not
 * increase is rejected, however many sign in at once.
 *
 * @param appUrl the page's origin; without it, that of each request
 */
export const passkeys = fp<{ appUrl: string | undefined }>(
  async (api, { appUrl }) => {
    const { database, accounts } = api

    /** What the browser binds a passkey to. */
    function relyingPartyOf({ protocol, host }: FastifyRequest): { id: string; origin: string } {
      const url = URL.parse(appUrl ?? `${protocol}://${host}`)
      if (!url?.hostname) throw new HttpError('malformed-request', 'The Host header names no host.')
      return { id: url.hostname, origin: url.origin }
    }

    async function newChallenge(accountId: string | null) {
      const challenge = randomBytes(CHALLENGE_BYTES)
      await database.query(sql`
        insert into passkey_challenges (challenge, user_id, expires_at)
        values (${challenge}, ${accountId}, clock_timestamp() + make_interval(secs => ${CHALLENGE_LIFETIME_S}))`)
      return { challenge: challenge.toString('base64url'), timeout: CHALLENGE_LIFETIME_S * 1000 }
    }

    /** Uses up the signed challenge, whether or not the rest is valid. */
    async function consumeChallenge(clientData: string, accountId: string | null): Promise<string> {
      const challenge = await verifying(async () =>
        String(JSON.parse(Buffer.from(clientData, 'base64url').toString()).challenge),
      )
      const [used] = await database.query<{ isLive: boolean }>(sql`
        delete from passkey_challenges
        where challenge = ${Buffer.from(challenge, 'base64url')} and user_id is not distinct from ${accountId}
        returning expires_at > clock_timestamp() as "isLive"`)
      if (!used?.isLive) throw new HttpError('passkey-challenge-over', 'That took too long. Start again.')
      return challenge
    }

    api.decorate('passkeys', {
      async creationOptions(request, { id, email, firstName, lastName }) {
        const known = await database.query<{ credentialId: Buffer; transports: string[] }>(sql`
          select credential_id as "credentialId", transports from passkeys where user_id = ${id}`)
        return {
          ...(await newChallenge(id)),
          rp: { id: relyingPartyOf(request).id, name: 'Jumping On The Clouds' },
          user: { id: bytesOf(id).toString('base64url'), name: email, displayName: `${firstName} ${lastName}` },
          pubKeyCredParams: ALGORITHMS.map((alg) => ({ type: 'public-key', alg })),
          attestation: 'none',
          excludeCredentials: known.map(({ credentialId, transports }) => ({
            type: 'public-key',
            id: credentialId.toString('base64url'),
            transports,
          })),
          // Discoverable: the authenticator finds it without an account name, so one touch signs in.
          authenticatorSelection: { residentKey: 'required', requireResidentKey: true, userVerification: 'preferred' },
        }
      },

      async verify(request, account, { id, rawId, type, response }) {
        const { id: expectedRPID, origin: expectedOrigin } = relyingPartyOf(request)
        const expectedChallenge = await consumeChallenge(response.clientDataJSON, account.id)
        const { clientDataJSON, attestationObject, transports = [] } = response
        const { registrationInfo } = await verifying(async () =>
          (await webAuthn()).verifyRegistrationResponse({
            response: {
              id,
              rawId,
              type,
              clientExtensionResults: {},
              response: { clientDataJSON, attestationObject: await withoutAttestation(attestationObject) },
            },
            expectedChallenge,
            expectedOrigin,
            expectedRPID,
            requireUserVerification: false,
            supportedAlgorithmIDs: ALGORITHMS,
          }),
        )
        if (!registrationInfo) throw passkeyRefused()
        const { credential, userVerified } = registrationInfo
        const credentialId = Buffer.from(credential.id, 'base64url')
        return {
          credentialId,
          publicKey: credential.publicKey,
          counter: credential.counter,
          transports,
          verifiesUser: userVerified,
        }
      },

      async requestOptions(request) {
        const { id: rpId } = relyingPartyOf(request)
        return { ...(await newChallenge(null)), rpId, userVerification: 'preferred' }
      },

      async signIn(request, { id, rawId, type, response }) {
        const { id: expectedRPID, origin: expectedOrigin } = relyingPartyOf(request)
        const expectedChallenge = await consumeChallenge(response.clientDataJSON, null)
        const [passkey] = await database.query<Row>(sql`
          select id, user_id as "accountId", public_key as "publicKey", counter, verifies_user as "verifiesUser"
          from passkeys where credential_id = ${Buffer.from(id, 'base64url')}`)
        if (!passkey || !Buffer.from(response.userHandle, 'base64url').equals(bytesOf(passkey.accountId))) {
          throw passkeyRefused()
        }
        const { publicKey, counter } = passkey
        const { verified, authenticationInfo } = await verifying(async () =>
          (await webAuthn()).verifyAuthenticationResponse({
            response: { id, rawId, type, response, clientExtensionResults: {} },
            expectedChallenge,
            expectedOrigin,
            expectedRPID,
            // The statement below compares and updates the counter atomically.
            credential: { id, publicKey, counter: 0 },
            requireUserVerification: passkey.verifiesUser,
          }),
        )
        if (!verified) throw passkeyRefused()
        const { newCounter } = authenticationInfo
        const used = await database.query(sql`
          update passkeys set counter = ${newCounter}, used_at = date_trunc('milliseconds', clock_timestamp())
          where id = ${passkey.id} and (counter < ${newCounter} or (counter = 0 and ${newCounter} = 0)) returning id`)
        if (used.length === 0) {
          request.log.warn({ passkeyId: passkey.id, counter, newCounter }, 'passkey refused: it may have been copied')
          throw passkeyRefused()
        }
        const account = await accounts.find(passkey.accountId)
        if (!account) throw accountErased()
        return account
      },
    })

    api.sweeper.add(sql`delete from passkey_challenges where expires_at < now()`)
  },
  { name: 'passkeys', dependencies: ['database', 'sweeper', 'accounts'] },
)

/** The account's user handle, 16 bytes, which authenticators return. */
function bytesOf(accountId: string): Buffer {
  return Buffer.from(accountId.replaceAll('-', ''), 'hex')
}

/** Removes the manufacturer's attestation, which we do not ask for, so that no certificate or revocation list is read. */
async function withoutAttestation(attestationObject: string): Promise<string> {
  const { decodeAttestationObject, isoCBOR } = await import('@simplewebauthn/server/helpers')
  const authData = decodeAttestationObject(Buffer.from(attestationObject, 'base64url')).get('authData')
  const object = new Map<string, string | Uint8Array | Map<string, never>>()
  object.set('fmt', 'none').set('attStmt', new Map<string, never>()).set('authData', authData)
  return Buffer.from(isoCBOR.encode(object)).toString('base64url')
}

/** Any error of the library about a client's data is a rejection. `verify` must do nothing else that can fail. */
async function verifying<Result>(verify: () => Promise<Result>): Promise<Result> {
  try {
    return await verify()
  } catch (cause) {
    throw passkeyRefused(cause)
  }
}

/** Does not tell which passkeys and accounts exist. */
export function passkeyRefused(cause?: unknown): HttpError {
  return new HttpError('passkey-refused', 'This passkey could not be verified.', { cause })
}
