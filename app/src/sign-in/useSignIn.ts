import type { AccountRequest, Registration, Session, SignInRequest } from '@jotc/core/api/account'
import type { Challenge, CodeRequest } from '@jotc/core/api/challenge'
import { useState } from 'react'
import { navigate } from 'wouter/use-browser-location'
import { api } from '#api/client.ts'
import { HAS_PASSKEYS } from '#api/passkeys.ts'
import { session } from '#api/session.ts'
import { returnPath } from '#api/sign-in.tsx'
import { storage } from '#api/storage.ts'
import { toast } from '#ui/feedback/toast.tsx'
import { signInProgress } from './mailed-code.ts'
import { useDetails } from './useDetails.ts'
import { t } from './words/en.ts'

/** Why a sign-in begins anew: the code, or the time for the details, is over. */
type Over = 'code' | 'registration'

/**
 * Where somebody is between “who are you?” and being signed in. The service's answers lead from step to step: the
 * details at once; or the address, the code of its mail and, for a new address, the details.
 */
export function useSignIn(minimumAge: number) {
  const [code, setCode] = useState(signInProgress.code)
  const [registration, setRegistration] = useState(signInProgress.registration)
  const details = useDetails(registration?.email ?? code?.email ?? '', minimumAge)
  const [isBack, setBack] = useState(false)
  const [isUnchecked, setUnchecked] = useState(code?.checked === false)
  const [over, setOver] = useState<Over>()
  const [offer, setOffer] = useState<'new' | 'known'>()

  function toStart(why: Over | undefined) {
    signInProgress.drop()
    setCode(undefined)
    setRegistration(undefined)
    setBack(true)
    setOver(why)
  }

  return {
    details,
    /** The code that is waited for, in its step. */
    code,
    /** The proven address that has no account yet, in the step of its details. */
    registration,
    /** Addresses could not be checked when the last code was sent. */
    isUnchecked,
    over,
    /** Came back to the first step. */
    isBack,
    /** Signed in by code in a browser that can make passkeys, and was not asked yet. */
    offer,
    /** What the service answered: signed in, a code is on its way to this address, or the address is new. */
    async proceed(answer: Started | Challenge | Registration, email: string): Promise<void> {
      if ('user' in answer) {
        begin(answer)
        const isByCode = code ?? registration
        if (isByCode && (await canOfferPasskey())) setOffer(registration ? 'new' : 'known')
        else leave()
        return
      }
      setOver(undefined)
      if ('registration' in answer) {
        signInProgress.saveRegistration(answer)
        setCode(undefined)
        setRegistration(answer)
        return
      }
      setCode(signInProgress.saveCode(answer, email))
      setUnchecked(!answer.checked)
    },
    /** Back to the first step; what was typed is kept. */
    startAgain: (why: Over) => toStart(why),
    /** The same, because the person wants another address. */
    changeEmail: () => toStart(undefined),
  }
}

/** The session itself is a cookie. */
export type Started = Omit<Session, 'token'>

export type SignIn = ReturnType<typeof useSignIn>

export function sendDetails(details: SignInRequest): Promise<Started> {
  return api.post('/login?session=cookie', details)
}

export function askForCode(email: string): Promise<Challenge> {
  return api.post('/login', { email })
}

/** Signed in, or the address is new. */
export function sendCode(code: CodeRequest): Promise<Started | Registration> {
  return api.post('/login/code?session=cookie', code)
}

export function createAccount(account: AccountRequest): Promise<Started> {
  return api.post('/accounts?session=cookie', account)
}

function begin(started: Started): void {
  signInProgress.drop()
  session.begin(started.user)
  toast.success({ title: t.signedIn(started.user.firstName), detail: started.user.email })
}

/** Back to where the person came from. */
export function leave(): void {
  navigate(returnPath(), { replace: true })
}

const OFFER_KEY = 'passkey-offer'

/** Once in each browser, whatever is answered: where its device can tell who holds it. */
async function canOfferPasskey(): Promise<boolean> {
  if (!HAS_PASSKEYS || storage.get(OFFER_KEY) !== null) return false
  const isAble = await PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable().catch(() => false)
  if (isAble) storage.set(OFFER_KEY, 'made')
  return isAble
}
