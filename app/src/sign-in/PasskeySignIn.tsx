import { useEffect, useLayoutEffect, useRef } from 'react'
import { addPasskey, HAS_PASSKEYS, signInByPasskey } from '#api/passkeys.ts'
import { useAttempt } from '#api/useAttempt.ts'
import { Button } from '#ui/Button.tsx'
import { Note } from '#ui/feedback/Note.tsx'
import { toast } from '#ui/feedback/toast.tsx'
import layout from '#ui/layout.module.css'
import css from './SignInPage.module.css'
import { leave, type SignIn } from './useSignIn.ts'
import { t } from './words/en.ts'

/** Signs in with a passkey: by the button, or by what the browser suggests for the address field. */
export function usePasskeySignIn({ proceed }: SignIn, isWanted: boolean) {
  const asked = useAttempt()
  const suggested = useAttempt()
  /** The browser does one of the two at a time. */
  const waiting = useRef<AbortController>(undefined)

  /** @returns whether it led to an answer */
  async function ask(mediation: 'optional' | 'conditional'): Promise<boolean> {
    waiting.current?.abort()
    const asking = new AbortController()
    waiting.current = asking
    const answer = await signInByPasskey(mediation, asking.signal)
    if (!answer || asking.signal.aborted) return false
    await proceed(answer, answer.user.email)
    return true
  }

  async function suggest(): Promise<void> {
    if (await PublicKeyCredential.isConditionalMediationAvailable()) await ask('conditional')
  }

  async function signIn(): Promise<void> {
    if (!(await ask('optional'))) void suggested.attempt(suggest)
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: the suggestion is asked for once, when the field appears
  useEffect(() => {
    if (HAS_PASSKEYS && isWanted) void suggested.attempt(suggest)
    return () => waiting.current?.abort()
  }, [])
  return {
    isBusy: asked.isBusy,
    problem: asked.problem ?? suggested.problem,
    signIn: () => void asked.attempt(signIn),
  }
}

/** Offered once, to somebody who has just signed in by code. */
export function PasskeyOffer() {
  const { attempt, isBusy, problem } = useAttempt()
  const first = useRef<HTMLButtonElement>(null)
  useLayoutEffect(() => first.current?.focus(), [])

  async function add() {
    if (!(await addPasskey())) return
    toast.success({ title: t.passkeyAdded })
    leave()
  }
  return (
    <div className={css.form}>
      {problem && <Note tone="error" title={t.passkeyNotAdded} detail={problem.detail} code={problem.code} />}
      <div className={layout.stack}>
        <h2>{t.addPasskeyAsk}</h2>
        <p className={css.soft}>{t.passkeyStays}</p>
      </div>
      <div className={css.actions}>
        <Button ref={first} variant="primary" icon="key" isDisabled={isBusy} onPress={() => void attempt(add)}>
          {t.addPasskey}
        </Button>
        <Button variant="quiet" onPress={leave}>
          {t.notNow}
        </Button>
      </div>
      <p className={css.soft}>{t.passkeyLater}</p>
    </div>
  )
}
