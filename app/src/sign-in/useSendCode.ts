import { useState } from 'react'
import { api } from '#api/client.ts'
import { ApiProblem } from '#api/errors.ts'
import { useAttempt } from '#api/useAttempt.ts'
import { toast } from '#ui/toast.tsx'
import type { CodeError } from './CodeField.tsx'
import { CODE_LENGTH, type MailedCode } from './mailed-code.ts'
import type { SignIn } from './useSignIn.ts'
import { t } from './words/en.ts'

/** Sends the code as soon as it is whole, and asks for another one. */
export function useSendCode({ proceed, startAgain }: SignIn, { challengeId, details }: MailedCode) {
  const [typed, setTyped] = useState('')
  const [error, setError] = useState<CodeError>()
  const [isResending, setResending] = useState(false)
  const { attempt, isBusy, problem } = useAttempt()

  async function send(code: string): Promise<void> {
    if (code.length < CODE_LENGTH) return setError({ text: t.codeIncomplete })
    await attempt(async () => {
      try {
        proceed(await api.post('/login/code', { challengeId, code }), details)
      } catch (refusal) {
        if (!(refusal instanceof ApiProblem)) throw refusal
        const { status, triesLeft } = refusal
        if (status === 410 || triesLeft === 0) startAgain()
        else if (triesLeft !== undefined) setError({ text: t.codeWrong(triesLeft) })
        else throw refusal
      }
    })
  }

  async function resend(): Promise<void> {
    setResending(true)
    await attempt(async () => {
      proceed(await api.post('/login', details), details)
      setTyped('')
      setError(undefined)
      toast.success({ title: t.resent, detail: details.email })
    })
    setResending(false)
  }

  return {
    typed,
    type(digits: string) {
      setTyped(digits)
      if (digits.length === CODE_LENGTH && digits !== typed) void send(digits)
    },
    send,
    resend,
    isBusy,
    isResending,
    error,
    problem,
  }
}
