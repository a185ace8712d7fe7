import { useId } from 'react'
import { t } from '#words/import'
import { FormatMenu } from '../../kit/FormatMenu.tsx'
import { saveFile } from '../../kit/save-file.ts'
import { asFile, FAULT_COLUMNS } from './downloads.ts'
import css from './Faults.module.css'
import type { ImportJob } from './import-job.ts'
import type { Progress } from './progress.ts'
import results from './Results.module.css'

/** The first lines that are no board and why, and all of them as a file. */
export function Faults({ job, progress }: { job: ImportJob; progress: Progress }) {
  const id = useId()
  const { faults, errors } = progress
  return (
    <section aria-labelledby={id}>
      <div className={results.head}>
        <h2 id={id}>{t.errors}</h2>
        <FormatMenu
          label={t.downloadErrors}
          onChoose={async (ending) => {
            const file = await asFile(job.faults.content, ending, FAULT_COLUMNS)
            saveFile(file, `${t.errorsFile(job.name)}.${ending}`)
          }}
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
          {faults.map(({ line, error }) => (
            <tr key={line}>
              <td className={css.line}>{line}</td>
              <td>{error}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {errors > faults.length && <p className={css.more}>{t.more(errors - faults.length)}</p>}
    </section>
  )
}
