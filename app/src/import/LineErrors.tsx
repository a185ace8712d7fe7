import { useId } from 'react'
import { format } from '#i18n/format.ts'
import { FormatMenu } from '#ui/FormatMenu.tsx'
import { downloadAnswers, ERROR_COLUMNS } from './downloads.ts'
import type { ImportJob } from './import-job.ts'
import css from './LineErrors.module.css'
import type { Progress } from './progress.ts'
import results from './Results.module.css'
import { t } from './words/en.ts'

/** The first lines that are no board and why, and all of them as a file. */
export function LineErrors({ job, progress }: { job: ImportJob; progress: Progress }) {
  const id = useId()
  const { firstErrors, errors } = progress
  return (
    <section aria-labelledby={id}>
      <div className={results.head}>
        <h2 id={id}>{t.errors}</h2>
        <FormatMenu
          label={t.downloadErrors}
          onChoose={(format) => void downloadAnswers(job.errors.content, t.errorsFile(job.name), format, ERROR_COLUMNS)}
        />
      </div>
      <table className={css.table} aria-labelledby={id}>
        <thead>
          <tr>
            <th scope="col" className={css.line}>
              {t.line}
            </th>
            <th scope="col">{t.problem}</th>
          </tr>
        </thead>
        <tbody>
          {firstErrors.map(({ line, error }) => (
            <tr key={line}>
              <td className={css.line}>{format.number(line)}</td>
              <td>{error}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {errors > firstErrors.length && <p className={css.more}>{t.more(errors - firstErrors.length)}</p>}
    </section>
  )
}
