import { QueryClientProvider } from '@tanstack/react-query'
import { t } from '#words/account'
import { Page } from '../../kit/Page.tsx'
import { queries } from '../../kit/queries.ts'
import { useSignedIn } from '../../kit/useSignedIn.ts'
import { Account } from './Account.tsx'

export default function AccountPage() {
  const session = useSignedIn()
  return (
    <Page title={t.title} isLow>
      {session && (
        <QueryClientProvider client={queries}>
          <Account user={session.user} />
        </QueryClientProvider>
      )}
    </Page>
  )
}
