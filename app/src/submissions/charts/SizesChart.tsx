import type { SubmissionStats } from '@jotc/core/api/jotc'
import clsx from 'clsx'
import { format } from '#i18n/format.ts'
import { t } from '../words/en.ts'
import css from './Charts.module.css'
import { StackedBars, shortNumber } from './StackedBars.tsx'
import { type Bin, binsOf } from './size-bins.ts'

/** Letters for which there is room below every bar. */
const ROOM = 4

/** How many boards there are of which size. */
export function SizesChart({ sizes }: { sizes: SubmissionStats['sizes'] }) {
  const words = t.distribution
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
      <figcaption>
        <h2>{words.sizes}</h2>
      </figcaption>
      <StackedBars stacks={stacks} summary={summary}>
        {bins.map(({ to }) => (
          <span key={to} className={clsx(css.tick, isCrowded && css.crowded)}>
            {words.upTo(shortNumber(to))}
          </span>
        ))}
      </StackedBars>
    </figure>
  )
}

function countOf({ solvable, blocked }: Bin): number {
  return solvable + blocked
}
