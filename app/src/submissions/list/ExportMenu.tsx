import type { SubmissionFilter } from '@jotc/core/api/jotc'
import { Button } from '#ui/Button.tsx'
import { FormatMenu } from '#ui/FormatMenu.tsx'
import { t as words } from '../words/en.ts'
import css from './ExportMenu.module.css'
import type { Exported } from './export-download.ts'
import { useExport } from './useExport.ts'

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
