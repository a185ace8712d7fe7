import type { SubmissionStats } from '@jotc/core/api/jotc'
import { useId } from 'react'
import { format } from '#i18n/format.ts'
import { t } from '../words/en.ts'
import css from './TopAccounts.module.css'

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
            <button type="button" aria-label={t.distribution.narrowTo(email)} onClick={() => onChoose(email)}>
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
