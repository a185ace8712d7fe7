import { QueryClientProvider } from '@tanstack/react-query'
import { t } from '#words/submissions'
import { Page } from '../../kit/Page.tsx'
import { queries } from '../../kit/queries.ts'
import { useSession } from '../../kit/session.ts'
import { SignedOut } from './SignedOut.tsx'
import { Submissions } from './Submissions.tsx'

export default function SubmissionsPage() {
  const session = useSession()
  return (
    <Page title={t.title} isLow>
      {session ? (
        <QueryClientProvider client={queries}>
          <Submissions key={session.user.id} session={session} />
        </QueryClientProvider>
      ) : (
        <SignedOut />
      )}
    </Page>
  )
}
