import clsx from 'clsx'
import { t } from '#words/distribution'
import { format } from '../../kit/format.ts'
import figure from './PerDayChart.module.css'
import css from './SizesChart.module.css'
import { StackedBars } from './StackedBars.tsx'
import { shortNumber } from './short-number.ts'
import { type Bin, binsOf } from './size-bins.ts'

/** Letters for which there is room below every bar. */
const ROOM = 4

type SizesChartProps = { sizes: Parameters<typeof binsOf>[0] }

/** How many boards there are of which size. */
export function SizesChart({ sizes }: SizesChartProps) {
  const bins = binsOf(sizes)
  const isCrowded = bins.some(({ to }) => shortNumber(to).length > ROOM)
  const most = bins.toSorted((a, b) => countOf(b) - countOf(a))[0]
  if (!most) return null
  const stacks = bins.map(({ from, to, solvable, blocked }) => ({
    key: to,
    title: t.ofSpan(format.number(from), format.number(to), format.number(solvable), format.number(blocked)),
    solvable,
    blocked,
  }))
  const summary = t.summary(t.sizes, format.number(most.from), format.number(most.to), format.number(countOf(most)))
  return (
    <figure className={figure.figure}>
      <figcaption>
        <h2>{t.sizes}</h2>
      </figcaption>
      <StackedBars stacks={stacks} summary={summary}>
        {bins.map(({ to }) => (
          <span key={to} className={clsx(css.tick, isCrowded && css.crowded)}>
            {t.upTo(shortNumber(to))}
          </span>
        ))}
      </StackedBars>
    </figure>
  )
}

function countOf({ solvable, blocked }: Bin): number {
  return solvable + blocked
}
