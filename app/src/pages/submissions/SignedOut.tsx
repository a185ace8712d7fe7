import { t } from '#words/submissions'
import { Nothing } from '../../kit/Nothing.tsx'
import { SignInLink } from '../../kit/sign-in.tsx'

export function SignedOut() {
  return (
    <Nothing title={t.signedOut} detail={t.signedOutDetail}>
      <SignInLink kind="key">{t.signIn}</SignInLink>
    </Nothing>
  )
}
