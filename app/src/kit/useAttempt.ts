import { useRef, useState } from 'react'
import { type Failure, failureOf } from './api-errors.ts'

/**
 * Something that a person does and the service may refuse. While it goes on it is not begun again; what it
 * throws is kept as the failure to show, until the next attempt.
 */
export function useAttempt() {
  const isGoingOn = useRef(false)
  const [isBusy, setBusy] = useState(false)
  const [failure, setFailure] = useState<Failure>()

  async function attempt(action: () => Promise<void>): Promise<void> {
    if (isGoingOn.current) return
    isGoingOn.current = true
    setBusy(true)
    setFailure(undefined)
    try {
      await action()
    } catch (error) {
      setFailure(failureOf(error))
    } finally {
      isGoingOn.current = false
      setBusy(false)
    }
  }
  return { attempt, isBusy, failure }
}
