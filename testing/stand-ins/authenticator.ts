import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'
import type { NewPasskey, PasskeyCreationOptions, PasskeyRequestOptions, PasskeySignIn } from '@jotc/core/api/passkeys'
import { isoCBOR } from '@simplewebauthn/server/helpers'

/** What a test makes otherwise than a right browser with a right authenticator. */
type Otherwise = {
  origin?: string
  rpId?: string
  challenge?: string
  /** Of the client data: `webauthn.create` or `webauthn.get`. */
  type?: string
  userHandle?: string
  /** Whether it asks for a PIN or a fingerprint. */
  verifiesUser?: boolean
  isPresent?: boolean
  counter?: number
}

const PRESENT = 0x01
const VERIFIED = 0x04
const ATTESTED = 0x40

/**
 * A browser on a page with an authenticator that holds one passkey (ES256, no attestation), in software: what
 * `toJSON()` of the results of `navigator.credentials` gives.
 */
export class Authenticator {
  readonly #keys: { privateKey: KeyObject; publicKey: KeyObject }
  readonly #origin: string
  readonly id: string
  #userHandle = ''

  /** @param origin of the page that asks */
  constructor(origin: string, id = randomBytes(16).toString('base64url')) {
    this.#keys = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    this.#origin = origin
    this.id = id
  }

  create(options: PasskeyCreationOptions, otherwise: Otherwise = {}): NewPasskey['response'] {
    this.#userHandle = options.user.id
    const id = Buffer.from(this.id, 'base64url')
    const { x = '', y = '' } = this.#keys.publicKey.export({ format: 'jwk' })
    const publicKey = isoCBOR.encode(
      new Map<number, number | Buffer>([
        [1, 2],
        [3, -7],
        [-1, 1],
        [-2, Buffer.from(x, 'base64url')],
        [-3, Buffer.from(y, 'base64url')],
      ]),
    )
    const data = this.#data(options.rp.id, ATTESTED, otherwise)
    const authData = Buffer.concat([data, Buffer.alloc(17), Buffer.from([id.length]), id, publicKey])
    const attestation = { fmt: 'none', attStmt: new Map(), authData }
    const attestationObject = Buffer.from(isoCBOR.encode(new Map(Object.entries(attestation)))).toString('base64url')
    const clientDataJSON = this.#clientData('webauthn.create', options, otherwise).toString('base64url')
    return this.#credential({ clientDataJSON, attestationObject, transports: ['internal'] })
  }

  get(options: PasskeyRequestOptions, otherwise: Otherwise = {}): PasskeySignIn['response'] {
    const data = this.#data(options.rpId, 0, otherwise)
    const clientData = this.#clientData('webauthn.get', options, otherwise)
    const signature = sign('sha256', Buffer.concat([data, sha256(clientData)]), this.#keys.privateKey)
    return this.#credential({
      clientDataJSON: clientData.toString('base64url'),
      authenticatorData: data.toString('base64url'),
      signature: signature.toString('base64url'),
      userHandle: otherwise.userHandle ?? this.#userHandle,
    })
  }

  #credential<Response>(response: Response) {
    return { id: this.id, rawId: this.id, type: 'public-key' as const, response }
  }

  #clientData(type: string, { challenge }: { challenge: string }, otherwise: Otherwise): Buffer {
    const { origin, challenge: signed, type: called } = otherwise
    return Buffer.from(
      JSON.stringify({ type: called ?? type, challenge: signed ?? challenge, origin: origin ?? this.#origin }),
    )
  }

  #data(rpId: string, flags: number, { rpId: other, isPresent, verifiesUser, counter }: Otherwise): Buffer {
    if (isPresent !== false) flags |= PRESENT
    if (verifiesUser !== false) flags |= VERIFIED
    const count = Buffer.alloc(4)
    count.writeUInt32BE(counter ?? 0)
    return Buffer.concat([sha256(other ?? rpId), Buffer.from([flags]), count])
  }
}

function sha256(data: string | Buffer): Buffer {
  return createHash('sha256').update(data).digest()
}
