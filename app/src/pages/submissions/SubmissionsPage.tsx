import { QueryClientProvider } from '@tanstack/react-query'
import { useEffect } from 'react'
import { t } from '#words/submissions'
import { Page } from '../../kit/Page.tsx'
import { useSession } from '../../kit/session.ts'
import { SignedOut } from './SignedOut.tsx'
import { Submissions } from './Submissions.tsx'
import { queries } from './useSubmissions.ts'

export default function SubmissionsPage() {
  const session = useSession()
  useEffect(() => {
    if (!session) queries.clear()
  }, [session])
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
