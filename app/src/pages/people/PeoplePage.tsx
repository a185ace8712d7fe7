import { QueryClientProvider } from '@tanstack/react-query'
import { t } from '#words/people'
import { ButtonLink } from '../../kit/Button.tsx'
import { Nothing } from '../../kit/Nothing.tsx'
import { Page } from '../../kit/Page.tsx'
import { PATHS } from '../../kit/paths.ts'
import { queries } from '../../kit/queries.ts'
import { useSignedIn } from '../../kit/useSignedIn.ts'
import { People } from './People.tsx'

/** Everybody with an account, for administrators. */
export default function PeoplePage() {
  const session = useSignedIn()
  return (
    <Page title={t.title} isLow>
      {session?.user.role === 'admin' && (
        <QueryClientProvider client={queries}>
          <People ownId={session.user.id} />
        </QueryClientProvider>
      )}
      {session?.user.role === 'user' && (
        <Nothing title={t.adminsOnly} detail={t.adminsOnlyDetail}>
          <ButtonLink href={PATHS.board}>{t.toBoard}</ButtonLink>
        </Nothing>
      )}
    </Page>
  )
}
