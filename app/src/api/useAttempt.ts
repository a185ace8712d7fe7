import { useRef, useState } from 'react'
import { type ShownProblem, shownProblem } from './client.ts'

/**
 * Something that a person does and the service may refuse. While it goes on it is not begun again; what it
 * throws is kept as the problem to show, until the next attempt.
 */
export function useAttempt() {
  const isGoingOn = useRef(false)
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<ShownProblem>()

  async function attempt(action: () => Promise<void>): Promise<void> {
    if (isGoingOn.current) return
    isGoingOn.current = true
    setBusy(true)
    setProblem(undefined)
    try {
      await action()
    } catch (error) {
      setProblem(shownProblem(error))
    } finally {
      isGoingOn.current = false
      setBusy(false)
    }
  }
  return { attempt, isBusy, problem }
}
