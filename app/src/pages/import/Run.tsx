import { useId } from 'react'
import { t } from '#words/import'
import { Button } from '../../kit/Button.tsx'
import layout from '../../kit/layout.module.css'
import { Note } from '../../kit/Note.tsx'
import { Counts } from './Counts.tsx'
import { Faults } from './Faults.tsx'
import { HareBar } from './HareBar.tsx'
import type { ImportJob } from './import-job.ts'
import type { Progress } from './progress.ts'
import { Results } from './Results.tsx'
import css from './Run.module.css'

/** One import: how far it is, what holds it up, and what came out of it so far. */
export function Run({ job, progress }: { job: ImportJob; progress: Progress }) {
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
        <Trouble progress={progress} />
      </section>
      <div className={css.columns}>
        {progress.latest.length > 0 && <Results job={job} progress={progress} />}
        {progress.errors > 0 && <Faults job={job} progress={progress} />}
      </div>
    </>
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

function Trouble({ progress: { phase, failure } }: { progress: Progress }) {
  if (phase === 'waiting') {
    const detail = navigator.onLine ? t.waitingDetail : t.waitingOffline
    return <Note tone="careful" title={t.waiting} detail={detail} />
  }
  if (!failure) return null
  return <Note tone="bad" title={t.failed} detail={t.failedDetail(failure.detail)} code={failure.code} />
}

function statusOf({ phase, read }: Progress): string {
  if (phase === 'done') return read === 0 ? t.nothingIn : t.done
  if (phase === 'paused') return t.paused
  return phase === 'stopped' ? t.stopped : ''
}
