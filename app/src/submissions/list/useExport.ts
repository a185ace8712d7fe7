import type { SubmissionFilter } from '@jotc/core/api/jotc'
import { useEffect, useRef, useState } from 'react'
import { ApiProblem, shownProblem } from '#api/errors.ts'
import type { Format } from '#ui/FormatMenu.tsx'
import { toast } from '#ui/toast.tsx'
import { t as words } from '../words/en.ts'
import { download, type Exported } from './export-download.ts'
import { chooseTarget } from './export-target.ts'

const t = words.export

/** Milliseconds between two looks at the progress, however fast the rows come. */
const SHOWN_EVERY = 100

type Exporting = {
  /** How far the export is that goes on; undefined when none does. */
  progress: Exported | undefined
  begin: (format: Format, filter: SubmissionFilter) => Promise<void>
  cancel: () => void
}

/** One export at a time; leaving the page cancels it. */
export function useExport(): Exporting {
  const [progress, setProgress] = useState<Exported>()
  const cancelling = useRef<AbortController>(undefined)
  useEffect(() => () => cancelling.current?.abort(), [])

  async function begin(format: Format, filter: SubmissionFilter) {
    if (cancelling.current) return
    const controller = new AbortController()
    const { signal } = controller
    cancelling.current = controller
    try {
      const target = await chooseTarget(`${t.file(new Date().toISOString().slice(0, 10))}.${format}`)
      if (!target) return
      setProgress({ rows: 0, total: undefined, totalIsExact: true })
      const { rows } = await download(format, filter, target, signal, throttled(setProgress))
      toast.success({ title: t.done, detail: t.doneDetail(rows) })
    } catch (error) {
      if (!signal.aborted) tell(error)
    } finally {
      cancelling.current = undefined
      setProgress(undefined)
    }
  }
  return { progress, begin, cancel: () => cancelling.current?.abort() }
}

function tell(error: unknown) {
  // The session ended: the kit has said so and leads to sign-in and back.
  if (error instanceof ApiProblem && error.status === 401) return
  const problem = error instanceof DOMException ? { detail: t.notWritten, code: undefined } : shownProblem(error)
  toast.error({ title: t.failed, detail: t.failedDetail(problem.detail), code: problem.code })
}

/** Passes on some of many calls: no eye sees more than ten a second. */
function throttled<Value>(call: (value: Value) => void): (value: Value) => void {
  let last = 0
  return (value) => {
    if (performance.now() - last < SHOWN_EVERY) return
    last = performance.now()
    call(value)
  }
}
