import { t } from '#words/submissions'
import { SignInLink } from '../../kit/sign-in.tsx'
import { Nothing } from './Nothing.tsx'

export function SignedOut() {
  return (
    <Nothing title={t.signedOut} detail={t.signedOutDetail}>
      <SignInLink kind="key">{t.signIn}</SignInLink>
    </Nothing>
  )
}
