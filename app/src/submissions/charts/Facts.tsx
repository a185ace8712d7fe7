import type { SubmissionStats } from '@jotc/core/api/jotc'
import clsx from 'clsx'
import { format, LOCALE } from '#i18n/format.ts'
import figures from '#ui/Figures.module.css'
import { Skeleton } from '#ui/Skeleton.tsx'
import { t } from '../words/en.ts'
import css from './Facts.module.css'

const percent = new Intl.NumberFormat(LOCALE, { style: 'percent', maximumFractionDigits: 0 })

type Fact = 'submissions' | 'people' | 'solvable' | 'medianTotal' | 'longest'

/** The figures of all submissions that match; grey bars while they are on their way. */
export function Facts({ stats, isAdmin }: { stats: SubmissionStats | undefined; isAdmin: boolean }) {
  const facts: Fact[] = ['submissions', ...(isAdmin ? (['people'] as const) : []), 'solvable', 'medianTotal', 'longest']
  return (
    <dl className={clsx(figures.figures, css.facts)}>
      {facts.map((fact) => (
        <div key={fact}>
          <dt>{t.facts[fact]}</dt>
          <dd>{stats ? figure(fact, stats) : <Skeleton width={64} height={24} className={css.skeleton} />}</dd>
        </div>
      ))}
    </dl>
  )
}

function figure(fact: Fact, stats: SubmissionStats): string {
  if (fact === 'solvable') {
    return stats.submissions === 0 ? t.none : percent.format(stats.solvable / stats.submissions)
  }
  const value = stats[fact]
  return value === null ? t.none : format.number(value)
}
