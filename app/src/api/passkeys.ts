import type { Session } from '@jotc/core/api/account'
import type { Passkey, PasskeyCreationOptions, PasskeyRequestOptions } from '@jotc/core/api/passkeys'
import { api } from './client.ts'

/** Whether this browser can make and use passkeys; by HTTP it can on localhost alone. */
export const HAS_PASSKEYS =
  'PublicKeyCredential' in globalThis && 'parseCreationOptionsFromJSON' in globalThis.PublicKeyCredential

/**
 * Has the browser make a passkey for whoever is signed in.
 *
 * @returns undefined when the person chose not to, or the device has one already
 */
export async function addPasskey(): Promise<Passkey | undefined> {
  const options = await api.post<PasskeyCreationOptions>('/me/passkeys/options')
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options as PublicKeyCredentialCreationOptionsJSON)
  const response = await answerOf(navigator.credentials.create({ publicKey }))
  return response && api.post<Passkey>('/me/passkeys', { response })
}

/**
 * Signs in with a passkey that the browser offers: in a dialog of its own, or with `conditional` among what it suggests
 * for the address field, for as long as it takes.
 *
 * @returns undefined when the person chose none
 */
export async function signInByPasskey(
  mediation: 'optional' | 'conditional',
  signal: AbortSignal,
): Promise<Omit<Session, 'token'> | undefined> {
  const options = await api.post<PasskeyRequestOptions>('/passkeys/options').catch((error) => {
    // Nobody asked for suggestions.
    if (mediation === 'conditional') return undefined
    throw error
  })
  if (!options || signal.aborted) return undefined
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options as PublicKeyCredentialRequestOptionsJSON)
  const response = await answerOf(navigator.credentials.get({ publicKey, mediation, signal }))
  return response && api.post('/passkeys/sign-in?session=cookie', { response })
}

/** What the browser answers as JSON. It throws a `DOMException` for every way to end without one. */
async function answerOf(asking: Promise<Credential | null>): Promise<object | undefined> {
  try {
    return ((await asking) as PublicKeyCredential | null)?.toJSON()
  } catch (error) {
    if (error instanceof DOMException) return undefined
    throw error
  }
}
