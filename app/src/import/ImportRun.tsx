import { useId } from 'react'
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
      aria-valuetext={total === undefined ? format.number(read) : `${format.number(read)} ${t.of(total)}`}
    >
      <span style={{ width: at }} />
      <Hare className={css.hare} style={{ left: `clamp(16px, ${at}, 100% - 16px)` }} />
    </div>
  )
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

function statusOf({ phase, read }: Progress): string {
  if (phase === 'done') return read === 0 ? t.nothingIn : t.done
  if (phase === 'paused') return t.paused
  return phase === 'stopped' ? t.stopped : ''
}

/** The figures of an import, with its pace while it goes on. */
function Counts({ progress }: { progress: Progress }) {
  const { phase, read, total, rate, solvable, blocked, errors } = progress
  const time = timeOf(secondsLeft(progress))
  return (
    <dl className={figures.figures}>
      <Count name={t.read} value={read} unit={total === undefined ? undefined : t.of(total)} />
      {phase === 'reading' && (
        <>
          <Count name={t.rate} value={rate === undefined ? undefined : Math.round(rate)} unit={t.aSecond} />
          <Count name={t.timeLeft} {...time} />
        </>
      )}
      <Count name={t.solvable} value={solvable} />
      <Count name={t.blocked} value={blocked} />
      <Count name={t.errors} value={errors} />
    </dl>
  )
}

type CountProps = { name: string; value: number | undefined; unit?: string | undefined }

function Count({ name, value, unit }: CountProps) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        {value === undefined ? t.unknown : format.number(value)} {value !== undefined && unit && <span>{unit}</span>}
      </dd>
    </div>
  )
}

function timeOf(seconds: number | undefined): Omit<CountProps, 'name'> {
  if (seconds === undefined) return { value: undefined }
  if (seconds < 100) return { value: seconds, unit: t.seconds(seconds) }
  const minutes = Math.ceil(seconds / 60)
  return { value: minutes, unit: t.minutes(minutes) }
}
