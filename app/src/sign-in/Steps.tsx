import clsx from 'clsx'
import { Cloud } from '#sky/Cloud.tsx'
import { Hare } from '#sky/Hare.tsx'
import css from './Steps.module.css'
import { t } from './words/en.ts'

const STEPS = ['details', 'code'] as const
type Step = (typeof STEPS)[number]

/** Two clouds, one for each step of signing in; the hare is on the one where the person is. */
export function Steps({ at }: { at: Step }) {
  const isAtCode = at === 'code'
  return (
    <ol dir="ltr" className={css.steps} aria-label={t.steps}>
      {STEPS.map((step) => (
        <li key={step} aria-current={step === at ? 'step' : undefined}>
          {step === 'details' && (
            <svg
              className={clsx(css.arc, isAtCode && css.flown)}
              viewBox="0 0 100 100"
              preserveAspectRatio="none"
              aria-hidden="true"
            >
              <path d="M0 100Q50-100 100 100" />
            </svg>
          )}
          <Cloud kind="cumulus" isOnRoute isLanded={step === 'details' || isAtCode} className={css.cloud} />
          {step === at && <Hare className={css.hare} />}
          {t.step[step]}
        </li>
      ))}
    </ol>
  )
}
