import type { SubmissionFilter } from '@jotc/core/api/jotc'
import { useEffect, useRef, useState } from 'react'
import { isSessionOver, shownProblem } from '#api/client.ts'
import { serverNow } from '#api/config.ts'
import { Button } from '#ui/Button.tsx'
import { type Format, FormatMenu } from '#ui/FormatMenu.tsx'
import { toast } from '#ui/toast.tsx'
import { t as words } from '../words/en.ts'
import css from './ExportMenu.module.css'
import { chooseTarget, download, type Exported } from './export.ts'

const t = words.export

/** Saves all that the filter finds as a file; while it comes, how far it is and the way out. */
export function ExportMenu({ filter }: { filter: SubmissionFilter }) {
  const { progress, begin, cancel } = useExport()
  if (!progress) return <FormatMenu label={t.export} onChoose={(format) => void begin(format, filter)} />
  const { rows, total } = progress
  return (
    <div className={css.going}>
      <span>{t.exporting}</span>
      <progress
        aria-label={t.progress}
        value={total === undefined ? undefined : Math.min(rows, total)}
        max={total || 1}
      />
      <span className={css.rows}>{progressText(progress)}</span>
      <Button icon="x" onPress={cancel}>
        {t.cancel}
      </Button>
    </div>
  )
}

function progressText({ rows, total, totalIsExact }: Exported): string {
  if (total === undefined) return t.rows(rows)
  return totalIsExact ? t.rowsOf(rows, total) : t.rowsOfAbout(rows, total)
}

/** Milliseconds between two looks at the progress, however fast the rows come. */
const SHOWN_EVERY = 100

type Exporting = {
  /** How far the export is that goes on; undefined when none does. */
  progress: Exported | undefined
  begin: (format: Format, filter: SubmissionFilter) => Promise<void>
  cancel: () => void
}

/** One export at a time; leaving the page cancels it. */
function useExport(): Exporting {
  const [progress, setProgress] = useState<Exported>()
  const cancelling = useRef<AbortController>(undefined)
  useEffect(() => () => cancelling.current?.abort(), [])

  async function begin(format: Format, filter: SubmissionFilter) {
    if (cancelling.current) return
    const controller = new AbortController()
    const { signal } = controller
    cancelling.current = controller
    try {
      const target = await chooseTarget(`${t.file(new Date(serverNow()).toISOString().slice(0, 10))}.${format}`)
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
  if (isSessionOver(error)) return
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
