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
import { PasskeyOffer } from './PasskeySignIn.tsx'
import css from './SignInPage.module.css'
import stepsCss from './Steps.module.css'
import { useSignIn } from './useSignIn.ts'
import { t } from './words/en.ts'

/** What the service asks for at first, and of whom. Its answers lead on from there. */
const CONFIG = readConfig().catch(() => ({ signIn: 'details' as const, minimumAge: 18 }))

/** Sign-in: the details at once; or the address, the code of its mail and, for a new address, the details. */
export default function SignInPage() {
  const { signIn: mode, minimumAge } = use(CONFIG)
  const signIn = useSignIn(minimumAge)
  const { code, registration, offer } = signIn
  const step = offer ? 'passkey' : registration ? 'about' : code ? 'code' : 'email'
  const title = { passkey: t.offerTitle, about: t.aboutTitle, code: t.codeTitle, email: t.title }[step]
  const sky = (
    <>
      <h1>{title}</h1>
      <p className={css.lead}>
        {offer
          ? t.offerLead
          : registration
            ? fill(t.isNew, { email: <b>{registration.email}</b> })
            : code
              ? fill(t.codeSent(formatTime(code.expiresAt)), { email: <b>{code.email}</b> })
              : t.lead[mode]}
      </p>
      {(step !== 'email' || mode === 'code') && <Steps at={step} isNew={offer === 'new'} />}
    </>
  )
  return (
    <Page title={title} compact isNarrow sky={sky}>
      {offer ? (
        <PasskeyOffer />
      ) : code && !registration ? (
        <CodeStep signIn={signIn} code={code} />
      ) : (
        <DetailsStep key={step} signIn={signIn} form={registration ? 'about' : FIRST_FORM[mode]} />
      )}
    </Page>
  )
}

const FIRST_FORM = { details: 'details', code: 'email' } as const

type Step = 'email' | 'code' | 'about' | 'passkey'

/**
 * A cloud for each step of signing in; the hare is on the one where the person is. The third is for new addresses; a
 * passkey is only offered, so the hare waits before it.
 */
function Steps({ at, isNew }: { at: Step; isNew: boolean }) {
  const steps: Step[] = ['email', 'code']
  if (at === 'about' || isNew) steps.push('about')
  if (at === 'passkey') steps.push('passkey')
  const here = at === 'passkey' ? steps.length - 2 : steps.indexOf(at)
  return (
    <ol
      dir="ltr"
      className={clsx(stepsCss.steps, steps.length > 2 && stepsCss.more, steps.length > 3 && stepsCss.four)}
      aria-label={t.steps}
    >
      {steps.map((step, index) => (
        <li key={step} aria-current={index === here ? 'step' : undefined}>
          {index < steps.length - 1 && (
            <svg
              className={clsx(stepsCss.arc, index < here && stepsCss.flown)}
              viewBox="0 0 100 100"
              preserveAspectRatio="none"
              aria-hidden="true"
            >
              <path d="M0 100Q50-100 100 100" />
            </svg>
          )}
          <Cloud kind="cumulus" isOnRoute isLanded={index <= here} className={stepsCss.cloud} />
          {index === here && <Hare className={stepsCss.hare} />}
          {t.step[step]}
        </li>
      ))}
    </ol>
  )
}
