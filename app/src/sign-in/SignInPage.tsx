import { use } from 'react'
import { readConfig } from '#api/config.ts'
import { formatTime } from '#i18n/dates.ts'
import { Page } from '#ui/Page.tsx'
import { CodeStep } from './CodeStep.tsx'
import { DetailsStep } from './DetailsStep.tsx'
import css from './SignInPage.module.css'
import { Steps } from './Steps.tsx'
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
        {code ? (
          <>
            {t.codeSentTo} <b>{code.details.email}</b>. {t.codeWorks(formatTime(code.expiresAt))}
          </>
        ) : (
          t.lead[mode]
        )}
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
