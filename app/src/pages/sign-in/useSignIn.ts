import { DETAIL_FIELDS, type Details } from '@jotc/core/person'
import { useRef, useState } from 'react'
import { navigate } from 'wouter/use-browser-location'
import { t } from '#words/sign-in'
import { api } from '../../kit/api.ts'
import { ApiProblem, failureOf } from '../../kit/api-errors.ts'
import { session } from '../../kit/session.ts'
import { wayBack } from '../../kit/sign-in.tsx'
import { toast } from '../../kit/toast.tsx'
import type { useDetails } from './useDetails.ts'

type Failure = ReturnType<typeof failureOf>

/** Sends the details, once however often it is asked, and goes back to where the person came from. */
export function useSignIn(details: ReturnType<typeof useDetails>) {
  const sending = useRef(false)
  const [isSending, setSending] = useState(false)
  const [failure, setFailure] = useState<Failure>()

  async function send(form: HTMLFormElement): Promise<void> {
    if (sending.current) return
    details.judge()
    if (!details.read) return focusFirstError(form)
    sending.current = true
    setSending(true)
    setFailure(undefined)
    try {
      const begun = await api.post('/login', details.read)
      session.begin(begun)
      toast.success({ title: t.signedIn(begun.user.firstName), detail: begun.user.email })
      navigate(wayBack(), { replace: true })
    } catch (error) {
      const atFields = errorsAtFields(error)
      if (atFields) details.refuse(atFields)
      else setFailure(failureOf(error))
      if (atFields) focusFirstError(form)
    } finally {
      sending.current = false
      setSending(false)
    }
  }
  return { send, isSending, failure }
}

function errorsAtFields(error: unknown): Partial<Details> | undefined {
  if (!(error instanceof ApiProblem)) return undefined
  const fields: readonly string[] = DETAIL_FIELDS
  const known = error.errors.filter(({ field }) => fields.includes(field))
  return known.length > 0 ? Object.fromEntries(known.map(({ field, message }) => [field, message])) : undefined
}

/** After the errors are on the page. */
function focusFirstError(form: HTMLFormElement): void {
  requestAnimationFrame(() => form.querySelector<HTMLElement>('[aria-invalid]')?.focus())
}
