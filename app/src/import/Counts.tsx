import { format } from '#i18n/format.ts'
import figures from '#ui/Figures.module.css'
import { type Progress, secondsLeft } from './progress.ts'
import { t } from './words/en.ts'

/** The figures of an import, with its pace while it goes on. */
export function Counts({ progress }: { progress: Progress }) {
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
