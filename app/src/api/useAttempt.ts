import { useRef, useState } from 'react'
import { type ShownProblem, shownProblem } from './client.ts'

/**
 * Runs an action that the service may refuse, one at a time: calls are ignored while it runs. What it throws becomes
 * the problem to show, until the next attempt.
 */
export function useAttempt() {
  const isRunning = useRef(false)
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<ShownProblem>()

  async function attempt(action: () => Promise<void>): Promise<void> {
    if (isRunning.current) return
    isRunning.current = true
    setBusy(true)
    setProblem(undefined)
    try {
      await action()
    } catch (error) {
      setProblem(shownProblem(error))
    } finally {
      isRunning.current = false
      setBusy(false)
    }
  }
  return { attempt, isBusy, problem }
}
