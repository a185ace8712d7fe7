import type { SubmissionStats } from '@jotc/core/api/jotc'
import { formatLongDay, formatShortDay } from '#i18n/dates.ts'
import { format } from '#i18n/format.ts'
import { Skeleton } from '#ui/Skeleton.tsx'
import { t } from '../words/en.ts'
import { type Bar, barsOf } from './bars.ts'
import css from './Charts.module.css'
import { HEIGHT, Legend, StackedBars } from './StackedBars.tsx'

const TICKS = 5

type PerDayChartProps = { days: SubmissionStats['days'] | undefined; words: typeof t.own | typeof t.everybodys }

/** How many boards were sent on each day. */
export function PerDayChart({ days, words }: PerDayChartProps) {
  if (!days) return <Waiting title={words.perDay} />
  const { bars, daysPerBar } = barsOf(days)
  if (bars.length === 0) return null
  const title = daysPerBar === 1 ? words.perDay : words.perDays(daysPerBar)
  const stacks = bars.map(({ day, solvable, blocked }) => ({
    key: day,
    title: t.ofDay(formatLongDay(day), format.number(solvable), format.number(blocked)),
    solvable,
    blocked,
  }))
  return (
    <figure className={css.figure}>
      <Caption title={title} />
      <StackedBars stacks={stacks} summary={summary(title, bars)}>
        {ticksOf(bars).map(({ day }) => (
          <span key={day}>{formatShortDay(day)}</span>
        ))}
      </StackedBars>
    </figure>
  )
}

/** As high as the chart, so that nothing moves when it comes. */
function Waiting({ title }: { title: string }) {
  return (
    <figure className={css.figure}>
      <Caption title={title} />
      <Skeleton height={HEIGHT} className={css.skeleton} />
      <div className={css.skeletonWords}>&nbsp;</div>
    </figure>
  )
}

function Caption({ title }: { title: string }) {
  return (
    <figcaption>
      <h2>{title}</h2>
      <Legend solvable={t.legendSolvable} blocked={t.legendBlocked} />
    </figcaption>
  )
}

function ticksOf(bars: readonly Bar[]): Bar[] {
  const places = Array.from({ length: TICKS }, (_, tick) => Math.round(((bars.length - 1) * tick) / (TICKS - 1)))
  return places.map((place) => bars[place] as Bar)
}

function summary(title: string, bars: readonly Bar[]): string {
  const counts = bars.map(({ solvable, blocked }) => solvable + blocked)
  const [first, last] = [bars[0] as Bar, bars.at(-1) as Bar]
  const [lowest, highest] = [Math.min(...counts), Math.max(...counts)]
  return t.chart(
    title,
    formatLongDay(first.day),
    formatLongDay(last.day),
    format.number(lowest),
    format.number(highest),
  )
}
