import { t } from '#words/import'
import { Nothing } from '../../kit/Nothing.tsx'
import { Page } from '../../kit/Page.tsx'
import { useSession } from '../../kit/session.ts'
import { SignInLink } from '../../kit/sign-in.tsx'
import { Import } from './Import.tsx'
import css from './ImportPage.module.css'

export default function ImportPage() {
  const session = useSession()
  return (
    <Page title={t.title} sky={<Head />} isLow>
      {session ? (
        <Import account={session.user.id} />
      ) : (
        <Nothing title={t.signedOut} detail={t.signedOutDetail}>
          <SignInLink kind="key">{t.signIn}</SignInLink>
        </Nothing>
      )}
    </Page>
  )
}

function Head() {
  return (
    <>
      <h1>{t.title}</h1>
      <p className={css.subtitle}>{t.subtitle}</p>
    </>
  )
}
