import type { Session, SignInRequest } from '@jotc/core/api/account'
import type { Challenge, CodeRequest } from '@jotc/core/api/challenge'
import type { Details } from '@jotc/core/person'
import { useState } from 'react'
import { navigate } from 'wouter/use-browser-location'
import { api } from '#api/client.ts'
import { session } from '#api/session.ts'
import { returnPath } from '#api/sign-in.tsx'
import { toast } from '#ui/feedback/toast.tsx'
import { mailedCode } from './mailed-code.ts'
import { useDetails } from './useDetails.ts'
import { t } from './words/en.ts'

/** The steps of signing in: the details, then perhaps a code. The service's answers decide which comes next. */
export function useSignIn() {
  const [saved] = useState(mailedCode.get)
  const details = useDetails(saved?.details)
  const [code, setCode] = useState(saved)
  const [isBack, setBack] = useState(false)
  const [isUnchecked, setUnchecked] = useState(saved?.checked === false)
  const [isCodeOver, setCodeOver] = useState(false)

  function toDetails(isOver: boolean) {
    mailedCode.drop()
    setCode(undefined)
    setBack(true)
    setCodeOver(isOver)
  }

  return {
    details,
    /** The code that was sent; undefined in the step of the details. */
    code,
    /** Addresses could not be checked when the last code was sent. */
    isUnchecked,
    /** The last code expired, or its tries were used up. */
    isCodeOver,
    /** Came back from the code to the details. */
    isBack,
    /** What the service answered to the details: signed in, or a code is on its way. */
    proceed(answer: Session | Challenge, sent: Details) {
      if ('token' in answer) return begin(answer)
      setCode(mailedCode.save(answer, sent))
      setUnchecked(!answer.checked)
      setCodeOver(false)
    },
    /** Back to the details, which are kept: the code expired, or its tries are used up. */
    startAgain: () => toDetails(true),
    /** Back to the details, which are kept: the person wants another address. */
    changeEmail: () => toDetails(false),
  }
}

export type SignIn = ReturnType<typeof useSignIn>

/** Signed in: back to where the person came from. */
function begin(started: Session): void {
  mailedCode.drop()
  session.begin(started)
  toast.success({ title: t.signedIn(started.user.firstName), detail: started.user.email })
  navigate(returnPath(), { replace: true })
}

/** Sign-in sends no token, even while an earlier session lasts. */
const AS_NOBODY = { token: undefined }

/** @returns the session, or the challenge that a code was sent for */
export function sendDetails(details: SignInRequest): Promise<Session | Challenge> {
  return api.post('/login', details, AS_NOBODY)
}

export function sendCode(code: CodeRequest): Promise<Session> {
  return api.post('/login/code', code, AS_NOBODY)
}
