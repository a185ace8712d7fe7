import type { SubmissionStats } from '@jotc/core/api/jotc'
import { t } from '#words/submissions'
import { Bone } from '../../kit/Bone.tsx'
import { formatPercent } from '../../kit/dates.ts'
import { format } from '../../kit/format.ts'
import css from './Facts.module.css'

type Fact = 'submissions' | 'people' | 'solvable' | 'medianTotal' | 'longest'

/** The figures of all submissions that match; grey bars while they are on their way. */
export function Facts({ stats, isAdmin }: { stats: SubmissionStats | undefined; isAdmin: boolean }) {
  const facts: Fact[] = ['submissions', ...(isAdmin ? (['people'] as const) : []), 'solvable', 'medianTotal', 'longest']
  return (
    <dl className={css.facts}>
      {facts.map((fact) => (
        <div key={fact}>
          <dt>{t.facts[fact]}</dt>
          <dd>{stats ? figure(fact, stats) : <Bone width={64} height={24} className={css.bone} />}</dd>
        </div>
      ))}
    </dl>
  )
}

function figure(fact: Fact, stats: SubmissionStats): string {
  if (fact === 'solvable') {
    return stats.submissions === 0 ? t.none : formatPercent(stats.solvable / stats.submissions)
  }
  const value = stats[fact]
  return value === null ? t.none : format.number(value)
}
