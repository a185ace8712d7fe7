import { useId } from 'react'
import { fill } from '#i18n/fill.ts'
import { format } from '#i18n/format.ts'
import { Hare } from '#sky/Hare.tsx'
import { Button } from '#ui/Button.tsx'
import figures from '#ui/Figures.module.css'
import layout from '#ui/layout.module.css'
import { Note } from '#ui/Note.tsx'
import css from './ImportRun.module.css'
import type { ImportJob } from './import-job.ts'
import { LineErrors } from './LineErrors.tsx'
import { type Progress, secondsLeft } from './progress.ts'
import { Results } from './Results.tsx'
import { t } from './words/en.ts'

/** One import: how far it is, what holds it up, and what came out of it so far. */
export function ImportRun({ job, progress }: { job: ImportJob; progress: Progress }) {
  const id = useId()
  return (
    <>
      <section className={layout.stack} aria-labelledby={id}>
        <div className={css.head}>
          <h2 id={id}>{job.name}</h2>
          {!progress.isOver && <Controls job={job} phase={progress.phase} />}
        </div>
        <HareBar {...progress} />
        <Counts progress={progress} />
        <p role="status" className={css.status}>
          {statusOf(progress)}
        </p>
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
  if (phase === 'waiting') {
    const detail = navigator.onLine ? t.waitingDetail : t.waitingOffline
    return <Note tone="warning" title={t.waiting} detail={detail} />
  }
  if (!problem) return null
  return <Note tone="error" title={t.failed} detail={t.failedDetail(problem.detail)} code={problem.code} />
}

function statusOf({ phase, read, solvable, blocked }: Progress): string {
  if (phase === 'done') return read === 0 ? t.nothingIn : t.done(solvable + blocked, read)
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
