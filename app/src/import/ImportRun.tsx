import clsx from 'clsx'
import { useId } from 'react'
import { fill, format } from '#i18n/format.ts'
import { BoardPictogram } from '#sky/BoardPictogram.tsx'
import { Hare } from '#sky/Hare.tsx'
import { Button } from '#ui/Button.tsx'
import { saveFile } from '#ui/browser/files.ts'
import { useOnline } from '#ui/browser/useOnline.ts'
import figures from '#ui/Figures.module.css'
import { Note } from '#ui/feedback/Note.tsx'
import { toast } from '#ui/feedback/toast.tsx'
import layout from '#ui/layout.module.css'
import table from '#ui/list/Table.module.css'
import { Blocked, Cell, Header, Row, Table } from '#ui/list/Table.tsx'
import { endingOf, type Format, FormatMenu } from '#ui/Menu.tsx'
import { asFile, ERROR_COLUMNS, RESULT_COLUMNS } from './downloads.ts'
import css from './ImportRun.module.css'
import type { ImportJob } from './import-job.ts'
import { type Progress, type Solved, secondsLeft } from './progress.ts'
import { t } from './words/en.ts'

/** One import: how far it is, what holds it up, and what came out of it so far. */
export function ImportRun({ job, progress }: { job: ImportJob; progress: Progress }) {
  const id = useId()
  const { solvable, blocked } = progress
  const isDone = progress.phase === 'done'
  return (
    <>
      <section className={layout.stack} aria-labelledby={id}>
        <div className={css.head}>
          <h2 id={id}>{job.name}</h2>
          {!progress.isOver && <Controls job={job} phase={progress.phase} />}
        </div>
        <p role="status" className={clsx(css.status, isDone && css.sum)}>
          {statusOf(progress)}
        </p>
        {progress.phase !== 'refused' && (
          <>
            <HareBar {...progress} />
            <p className={css.format}>
              {isDone && progress.read > 0 && <span>{t.done(solvable + blocked, progress.read)} </span>}
              {progress.format && <span>{t.readAs(progress.format)}</span>}
            </p>
            {!isDone && <Counts progress={progress} />}
          </>
        )}
        <ProblemNote progress={progress} />
      </section>
      <div className={css.columns}>
        {progress.latest.length > 0 && <Results job={job} progress={progress} />}
        {progress.errors > 0 && <LineErrors job={job} progress={progress} />}
      </div>
    </>
  )
}

/** How far the file is read; the hare rides at the end of the bar. */
function HareBar({ read, total, phase }: Pick<Progress, 'read' | 'total' | 'phase'>) {
  const share = phase === 'done' ? 1 : total ? Math.min(1, read / total) : 0
  const at = `${share * 100}%`
  return (
    <div
      dir="ltr"
      className={css.bar}
      role="progressbar"
      aria-label={t.progress}
      aria-valuenow={read}
      aria-valuemin={0}
      aria-valuemax={Math.max(read, total ?? 0)}
      aria-valuetext={readOf(total).replace('{number}', format.number(read))}
    >
      <span style={{ width: at }} />
      <Hare className={css.hare} style={{ left: `clamp(16px, ${at}, 100% - 16px)` }} />
    </div>
  )
}

/** How many boards are read, once it is known of how many. */
function readOf(total: number | undefined): string {
  return total === undefined ? '{number}' : t.readOf(total)
}

function Controls({ job, phase }: { job: ImportJob; phase: Progress['phase'] }) {
  const isHalted = phase === 'paused' || phase === 'failed'
  return (
    <div className={layout.row}>
      <Button icon={isHalted ? 'play' : 'pause'} onPress={() => (isHalted ? job.resume() : job.pause())}>
        {isHalted ? t.resume : t.pause}
      </Button>
      <Button icon="x" onPress={() => job.stop()}>
        {t.stop}
      </Button>
    </div>
  )
}

function ProblemNote({ progress: { phase, problem } }: { progress: Progress }) {
  const isOnline = useOnline()
  if (phase === 'waiting') {
    const detail = isOnline ? t.waitingDetail : t.waitingOffline
    return <Note tone="warning" title={t.waiting} detail={detail} />
  }
  if (!problem) return null
  if (phase === 'refused') return <Note tone="error" title={t.refused} detail={problem.detail} />
  return <Note tone="error" title={t.failed} detail={t.failedDetail(problem.detail)} code={problem.code} />
}

function statusOf({ phase, read, solvable, blocked, errors }: Progress): string {
  if (phase === 'done') return read === 0 ? t.nothingIn : t.summary(solvable, blocked, errors)
  if (phase === 'paused') return t.paused
  return phase === 'stopped' ? t.stopped : ''
}

/** The figures of an import, with its pace while it goes on. */
function Counts({ progress }: { progress: Progress }) {
  const { phase, read, total, rate, solvable, blocked, errors } = progress
  return (
    <dl className={figures.figures}>
      <Count name={t.read} value={read} words={readOf(total)} />
      {phase === 'reading' && (
        <>
          <Count name={t.rate} value={rate === undefined ? undefined : Math.round(rate)} words={t.perSecond} />
          <TimeLeft seconds={secondsLeft(progress)} />
        </>
      )}
      <Count name={t.solvable} value={solvable} />
      <Count name={t.blocked} value={blocked} />
      <Count name={t.errors} value={errors} />
    </dl>
  )
}

type CountProps = { name: string; value: number | undefined; words?: string }

function Count({ name, value, words = '{number}' }: CountProps) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value === undefined ? t.unknown : fill(words, { number: format.number(value) })}</dd>
    </div>
  )
}

function TimeLeft({ seconds }: { seconds: number | undefined }) {
  if (seconds === undefined || seconds < 100) {
    return <Count name={t.timeLeft} value={seconds} words={t.seconds(seconds ?? 0)} />
  }
  const minutes = Math.ceil(seconds / 60)
  return <Count name={t.timeLeft} value={minutes} words={t.minutes(minutes)} />
}

/** The last boards that were solved, and all of them as a file. */
function Results({ job, progress }: { job: ImportJob; progress: Progress }) {
  const id = useId()
  const { solvable, blocked, latest, isOver } = progress
  const total = solvable + blocked
  const title = total > latest.length ? t.lastNine(total) : t.results
  return (
    <section aria-labelledby={id}>
      <div className={css.listHead}>
        <h2 id={id}>{isOver ? title : t.resultsSoFar}</h2>
        <FormatMenu
          label={t.downloadResults}
          onChoose={(format) =>
            void download(job.results.content, t.resultsFile(job.name), format, columnsOf(progress, RESULT_COLUMNS))
          }
        />
      </div>
      <Table
        className={css.results}
        aria-labelledby={id}
        head={
          <>
            <Header className={clsx(table.right, css.line)}>{placeName(progress)}</Header>
            <Header className={table.grow}>{t.board}</Header>
            <Header className={clsx(table.right, css.size)}>{t.clouds}</Header>
            <Header className={table.right}>{t.jumps}</Header>
          </>
        }
      >
        {latest.map((solved) => (
          <ResultRow key={solved.item ?? solved.line} solved={solved} />
        ))}
      </Table>
    </section>
  )
}

function ResultRow({ solved }: { solved: Solved }) {
  const { line, item, clouds, size, total, blockedAt } = solved
  return (
    <Row>
      <Cell className={clsx(table.right, css.line)}>{format.number(item ?? line)}</Cell>
      <Cell className={css.board}>
        <span className={layout.hidden}>{t.aBoard(size)}</span>
        <span className={css.pictogram}>
          <BoardPictogram clouds={clouds} blockedAt={blockedAt} />
        </span>
      </Cell>
      <Cell className={clsx(table.right, css.size)}>{format.number(size)}</Cell>
      <Cell className={clsx(table.right, table.unit, css.total)}>
        {total === null ? <Blocked label={t.isBlocked} /> : fill(t.total(total), { number: format.number(total) })}
      </Cell>
    </Row>
  )
}

const MOST_GROUPS = 20

/** Why there were no boards, the most frequent reason first, with the places of each; all of them as a file. */
function LineErrors({ job, progress }: { job: ImportJob; progress: Progress }) {
  const id = useId()
  const { unread, errors } = progress
  const groups = unread.toSorted((a, b) => b.count - a.count).slice(0, MOST_GROUPS)
  const more = groups.reduce((rest, { count }) => rest - count, errors)
  return (
    <section aria-labelledby={id}>
      <div className={css.listHead}>
        <h2 id={id}>{t.errors}</h2>
        <FormatMenu
          label={t.downloadErrors}
          onChoose={(format) =>
            void download(job.errors.content, t.errorsFile(job.name), format, columnsOf(progress, ERROR_COLUMNS))
          }
        />
      </div>
      <table className={css.errors} aria-labelledby={id}>
        <thead>
          <tr>
            <th scope="col">{t.problem}</th>
            <th scope="col" className={table.right}>
              {t.boards}
            </th>
          </tr>
        </thead>
        <tbody>
          {groups.map(({ error, count, places }) => (
            <tr key={error}>
              <td>
                <span>{error}</span>
                <span className={css.places}>{placesOf(progress, places, count)}</span>
              </td>
              <td className={table.right}>{format.number(count)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {more > 0 && <p className={css.more}>{t.more(more)}</p>}
    </section>
  )
}

/** “Lines 8, 9”, or what is counted in its place. */
function placesOf({ format: file }: Progress, places: readonly number[], count: number): string {
  const list = places.map(format.number).join(', ')
  const words = file?.shape === 'json' ? t.items(list, count) : t.lines(list, count)
  return count > places.length ? `${words} ${t.more(count - places.length)}` : words
}

/** Items of a JSON text are counted; everything else has lines. */
function placeName({ format }: Progress): string {
  return format?.shape === 'json' ? t.item : t.line
}

function columnsOf({ format }: Progress, columns: typeof RESULT_COLUMNS): typeof RESULT_COLUMNS {
  return format?.shape === 'json' ? columns : columns.filter((column) => column !== 'item')
}

/** Hands results to the person as a file; says so where the browser cannot make it. */
async function download(results: Blob, name: string, format: Format, columns: typeof RESULT_COLUMNS): Promise<void> {
  try {
    saveFile(await asFile(results, format, columns), `${name}.${endingOf(format)}`)
  } catch {
    toast.error({ title: t.notDownloaded, detail: t.notDownloadedDetail })
  }
}
