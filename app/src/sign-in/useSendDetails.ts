import { DETAIL_FIELDS, type Details } from '@jotc/core/person'
import { flushSync } from 'react-dom'
import { api } from '#api/client.ts'
import { ApiProblem } from '#api/errors.ts'
import { useAttempt } from '#api/useAttempt.ts'
import type { SignIn } from './useSignIn.ts'
import { t } from './words/en.ts'

/** Sends the details, once however often it is asked. What is wrong with a field is shown there, and focused. */
export function useSendDetails({ details, proceed }: SignIn) {
  const { attempt, isBusy, problem } = useAttempt()

  async function send(form: HTMLFormElement): Promise<void> {
    if (isBusy) return
    flushSync(details.judge)
    const read = details.read
    if (!read) return focusFirstError(form)
    await attempt(async () => {
      try {
        proceed(await api.post('/login', read), read)
      } catch (error) {
        const atFields = error instanceof ApiProblem && errorsAtFields(error)
        if (!atFields) throw error
        flushSync(() => details.refuse(atFields, error.didYouMean))
        focusFirstError(form)
      }
    })
  }
  return { send, isBusy, problem }
}

function errorsAtFields({ errors }: ApiProblem): Partial<Details> | undefined {
  const fields: readonly string[] = DETAIL_FIELDS
  const known = errors.filter(({ field }) => fields.includes(field))
  return known.length > 0
    ? Object.fromEntries(known.map(({ field, message }) => [field, t.saidOf(field, message)]))
    : undefined
}

/** The errors must be on the page. */
function focusFirstError(form: HTMLFormElement): void {
  form.querySelector<HTMLElement>('[aria-invalid]')?.focus()
}
