import clsx from 'clsx'
import { useId } from 'react'
import { fill } from '#i18n/fill.ts'
import { format } from '#i18n/format.ts'
import { BoardPictogram } from '#sky/BoardPictogram.tsx'
import { FormatMenu } from '#ui/FormatMenu.tsx'
import layout from '#ui/layout.module.css'
import table from '#ui/Table.module.css'
import { Blocked, Cell, Header, Row, Table } from '#ui/Table.tsx'
import { downloadAnswers, RESULT_COLUMNS } from './downloads.ts'
import type { ImportJob } from './import-job.ts'
import type { Progress, Solved } from './progress.ts'
import css from './Results.module.css'
import { boardOfLine } from './read-line.ts'
import { t } from './words/en.ts'

/** The last boards that were solved, and all of them as a file. */
export function Results({ job, progress }: { job: ImportJob; progress: Progress }) {
  const id = useId()
  return (
    <section aria-labelledby={id}>
      <div className={css.head}>
        <h2 id={id}>{progress.isOver ? t.results : t.resultsSoFar}</h2>
        <FormatMenu
          label={t.downloadResults}
          onChoose={(format) =>
            void downloadAnswers(job.results.content, t.resultsFile(job.name), format, RESULT_COLUMNS)
          }
        />
      </div>
      <Table
        className={css.table}
        aria-labelledby={id}
        head={
          <>
            <Header className={clsx(table.right, css.line)}>{t.line}</Header>
            <Header className={table.grow}>{t.board}</Header>
            <Header className={clsx(table.right, css.size)}>{t.clouds}</Header>
            <Header className={table.right}>{t.jumps}</Header>
          </>
        }
      >
        {progress.latest.map((solved) => (
          <ResultRow key={solved.line} solved={solved} />
        ))}
      </Table>
    </section>
  )
}

function ResultRow({ solved }: { solved: Solved }) {
  const { line, size, total, blockedAt } = solved
  const board = boardOfLine(solved.slice, line)
  return (
    <Row>
      <Cell className={clsx(table.right, css.line)}>{format.number(line)}</Cell>
      <Cell className={css.board}>
        <span className={layout.hidden}>{t.aBoard(size)}</span>
        <span className={css.pictogram}>{board && <BoardPictogram clouds={board} blockedAt={blockedAt} />}</span>
      </Cell>
      <Cell className={clsx(table.right, css.size)}>{format.number(size)}</Cell>
      <Cell className={clsx(table.right, table.unit, css.total)}>
        {total === null ? <Blocked label={t.isBlocked} /> : fill(t.total(total), { number: format.number(total) })}
      </Cell>
    </Row>
  )
}
