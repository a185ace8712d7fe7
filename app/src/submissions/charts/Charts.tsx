import type { SubmissionStats } from '@jotc/core/api/jotc'
import clsx from 'clsx'
import { type ReactNode, useId } from 'react'
import { formatLongDay, formatShortDay } from '#i18n/dates.ts'
import { format } from '#i18n/format.ts'
import table from '#ui/list/Table.module.css'
import { Skeleton } from '#ui/list/Table.tsx'
import { t } from '../words/en.ts'
import { type Bar, type Bin, barsOf, binsOf } from './bars.ts'
import css from './Charts.module.css'
import { HEIGHT, Legend, StackedBars, shortNumber } from './StackedBars.tsx'

const TICKS = 5

type PerDayChartProps = { days: SubmissionStats['days'] | undefined; words: typeof t.own | typeof t.everybodys }

/** How many boards were sent on each day. */
export function PerDayChart({ days, words }: PerDayChartProps) {
  if (!days) {
    return (
      <Waiting>
        <Caption title={words.perDay} />
      </Waiting>
    )
  }
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

/** As high as the chart, so that nothing moves when it loads. */
function Waiting({ children }: { children: ReactNode }) {
  return (
    <figure className={css.figure}>
      {children}
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

/** The longest label, in letters, that fits below every bar. */
const ROOM = 4

/** How many boards there are of which size. */
export function SizesChart({ sizes }: { sizes: SubmissionStats['sizes'] | undefined }) {
  const words = t.distribution
  const caption = (
    <figcaption>
      <h2>{words.sizes}</h2>
      <span className={css.note}>{words.upTo}</span>
    </figcaption>
  )
  if (!sizes) return <Waiting>{caption}</Waiting>
  const bins = binsOf(sizes)
  const isCrowded = bins.some(({ to }) => shortNumber(to).length > ROOM)
  const most = bins.toSorted((a, b) => countOf(b) - countOf(a))[0]
  if (!most) return null
  const stacks = bins.map(({ from, to, solvable, blocked }) => ({
    key: to,
    title: words.ofSpan(format.number(from), format.number(to), format.number(solvable), format.number(blocked)),
    solvable,
    blocked,
  }))
  const summary = words.summary(words.sizes, format.number(most.from), format.number(most.to), countOf(most))
  return (
    <figure className={css.figure}>
      {caption}
      <StackedBars stacks={stacks} summary={summary}>
        {bins.map(({ to }) => (
          <span key={to} className={clsx(css.tick, isCrowded && css.crowded)}>
            {shortNumber(to)}
          </span>
        ))}
      </StackedBars>
    </figure>
  )
}

function countOf({ solvable, blocked }: Bin): number {
  return solvable + blocked
}

type TopAccountsProps = {
  users: SubmissionStats['users']
  /** Narrows the list to one of them. */
  onChoose: (email: string) => void
}

/** Who sent most, with a bar for how much; a press narrows the list to them. */
export function TopAccounts({ users, onChoose }: TopAccountsProps) {
  const id = useId()
  const most = Math.max(...users.map(({ submissions }) => submissions))
  return (
    <section className={css.accounts} aria-labelledby={id}>
      <h2 id={id}>{t.distribution.topAccounts}</h2>
      <ol>
        {users.map(({ email, submissions }) => (
          <li key={email}>
            <button
              type="button"
              className={table.whole}
              aria-label={t.distribution.narrowTo(email)}
              onClick={() => onChoose(email)}
            >
              {email}
            </button>
            <svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
              <rect width={(100 * submissions) / most} height="10" />
            </svg>
            <span>{format.number(submissions)}</span>
          </li>
        ))}
      </ol>
    </section>
  )
}
