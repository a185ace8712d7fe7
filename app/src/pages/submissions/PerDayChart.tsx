import type { SubmissionStats } from '@jotc/core/api/jotc'
import { t } from '#words/submissions'
import { Bone } from '../../kit/Bone.tsx'
import { formatLongDay, formatShortDay } from '../../kit/dates.ts'
import { format } from '../../kit/format.ts'
import { type Bar, barsOf, scaleTop } from './bars.ts'
import css from './PerDayChart.module.css'

const WIDTH = 1200
const HEIGHT = 168
const TOP = 8
const BASE = 167
const TICKS = 5

/** How many boards were sent on each day, solvable ones below, blocked ones hatched above. */
export function PerDayChart({ days }: { days: SubmissionStats['days'] | undefined }) {
  if (!days) return <Waiting />
  const { bars, daysPerBar } = barsOf(days)
  if (bars.length === 0) return null
  const title = daysPerBar === 1 ? t.perDay : t.perDays(daysPerBar)
  const counts = bars.map(({ solvable, blocked }) => solvable + blocked)
  const top = scaleTop(Math.max(...counts))
  return (
    <figure className={css.figure}>
      <figcaption>
        <h2>{title}</h2>
        <Legend />
      </figcaption>
      <div className={css.plotBox}>
        {[top, top / 2].map((value) => (
          <span key={value} aria-hidden="true" style={{ top: height(value, top) }}>
            {format.number(value)}
          </span>
        ))}
        <svg className={css.plot} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" role="img">
          <title>{summary(title, bars, counts)}</title>
          <Hatch />
          {[1, 0.75, 0.5, 0.25].map((share) => (
            <line key={share} className={css.grid} x2={WIDTH} y1={height(share, 1) + 0.5} y2={height(share, 1) + 0.5} />
          ))}
          {bars.map((bar, place) => (
            <Column key={bar.day} bar={bar} place={place} width={WIDTH / bars.length} top={top} />
          ))}
          <line className={css.base} x2={WIDTH} y1={BASE + 0.5} y2={BASE + 0.5} />
        </svg>
      </div>
      <div className={css.ticks} aria-hidden="true">
        {ticksOf(bars).map(({ day }) => (
          <span key={day}>{formatShortDay(day)}</span>
        ))}
      </div>
    </figure>
  )
}

/** As high as the chart, so that nothing moves when it comes. */
function Waiting() {
  return (
    <figure className={css.figure}>
      <figcaption>
        <h2>{t.perDay}</h2>
        <Legend />
      </figcaption>
      <Bone height={HEIGHT} className={css.bone} />
      <div className={css.ticks}>&nbsp;</div>
    </figure>
  )
}

function Column({ bar, place, width, top }: { bar: Bar; place: number; width: number; top: number }) {
  const { day, solvable, blocked } = bar
  const gap = Math.min(6, width * 0.3)
  const x = place * width + gap / 2
  const middle = height(solvable, top)
  const upper = height(solvable + blocked, top)
  return (
    <g>
      <title>{t.ofDay(formatLongDay(day), format.number(solvable), format.number(blocked))}</title>
      {solvable > 0 && <rect className={css.solvable} x={x} y={middle} width={width - gap} height={BASE - middle} />}
      {blocked > 0 && (
        <rect className={css.blocked} x={x} y={upper} width={width - gap} height={Math.max(2, middle - upper - 2)} />
      )}
    </g>
  )
}

function Hatch() {
  return (
    <pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
      <rect className={css.hatchPaper} width="5" height="5" />
      <rect className={css.hatchLine} width="2" height="5" />
    </pattern>
  )
}

function Legend() {
  return (
    <span className={css.legend}>
      <svg viewBox="0 0 14 14" aria-hidden="true">
        <rect className={css.solvable} width="14" height="14" rx="2" />
      </svg>
      {t.legendSolvable}
      <svg viewBox="0 0 14 14" aria-hidden="true">
        <rect className={css.blocked} x=".5" y=".5" width="13" height="13" rx="2" />
      </svg>
      {t.legendBlocked}
    </span>
  )
}

/** Where a value stands in the plot, from its upper edge. */
function height(value: number, top: number): number {
  return BASE - ((BASE - TOP) * value) / top
}

function ticksOf(bars: readonly Bar[]): Bar[] {
  const places = Array.from({ length: TICKS }, (_, tick) => Math.round(((bars.length - 1) * tick) / (TICKS - 1)))
  return places.map((place) => bars[place] as Bar)
}

function summary(title: string, bars: readonly Bar[], counts: readonly number[]): string {
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
