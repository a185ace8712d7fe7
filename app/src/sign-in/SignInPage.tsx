import clsx from 'clsx'
import { use } from 'react'
import { readConfig } from '#api/config.ts'
import { formatTime } from '#i18n/dates.ts'
import { fill } from '#i18n/format.ts'
import { Cloud } from '#sky/Cloud.tsx'
import { Hare } from '#sky/Hare.tsx'
import { Page } from '#ui/page/Page.tsx'
import { CodeStep } from './CodeStep.tsx'
import { DetailsStep } from './DetailsStep.tsx'
import css from './SignInPage.module.css'
import stepsCss from './Steps.module.css'
import { useSignIn } from './useSignIn.ts'
import { t } from './words/en.ts'

/** The configured way of signing in. It only chooses words: the service's answers lead from step to step. */
const EXPECTED = readConfig().then(
  ({ signIn }) => signIn,
  () => 'details' as const,
)

/** Sign-in: the details, then a code by mail where the service asks for one. */
export default function SignInPage() {
  const mode = use(EXPECTED)
  const signIn = useSignIn()
  const { code } = signIn
  const title = code ? t.codeTitle : t.title
  const sky = (
    <>
      <h1>{title}</h1>
      <p className={css.lead}>
        {code ? fill(t.codeSent(formatTime(code.expiresAt)), { email: <b>{code.details.email}</b> }) : t.lead[mode]}
      </p>
      {(code || mode === 'code') && <Steps at={code ? 'code' : 'details'} />}
    </>
  )
  return (
    <Page title={title} compact isNarrow sky={sky}>
      {code ? <CodeStep signIn={signIn} code={code} /> : <DetailsStep signIn={signIn} mode={mode} />}
    </Page>
  )
}

const STEPS = ['details', 'code'] as const
type Step = (typeof STEPS)[number]

/** Two clouds, one for each step of signing in; the hare is on the one where the person is. */
function Steps({ at }: { at: Step }) {
  const isAtCode = at === 'code'
  return (
    <ol dir="ltr" className={stepsCss.steps} aria-label={t.steps}>
      {STEPS.map((step) => (
        <li key={step} aria-current={step === at ? 'step' : undefined}>
          {step === 'details' && (
            <svg
              className={clsx(stepsCss.arc, isAtCode && stepsCss.flown)}
              viewBox="0 0 100 100"
              preserveAspectRatio="none"
              aria-hidden="true"
            >
              <path d="M0 100Q50-100 100 100" />
            </svg>
          )}
          <Cloud kind="cumulus" isOnRoute isLanded={step === 'details' || isAtCode} className={stepsCss.cloud} />
          {step === at && <Hare className={stepsCss.hare} />}
          {t.step[step]}
        </li>
      ))}
    </ol>
  )
}
