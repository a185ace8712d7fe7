import { t } from '#words/sign-in'
import { Page } from '../../kit/Page.tsx'
import { SignInForm } from './SignInForm.tsx'
import css from './SignInPage.module.css'

/** Sign-in in one step, by details alone; a step with a mailed code will follow it where the service asks for one. */
export default function SignInPage() {
  const sky = (
    <>
      <h1>{t.title}</h1>
      <p className={css.lead}>{t.lead}</p>
    </>
  )
  return (
    <Page title={t.title} isLow isNarrow sky={sky}>
      <SignInForm />
    </Page>
  )
}
