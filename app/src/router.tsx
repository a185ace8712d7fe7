import { type ComponentType, lazy, Suspense } from 'react'
import { usePathname } from 'wouter/use-browser-location'
import { LoadingBar } from './kit/LoadingBar.tsx'
import { PATHS } from './kit/paths.ts'
import { Shell } from './kit/Shell.tsx'
import { Sky } from './kit/Sky.tsx'
import { BoardPage } from './pages/board/BoardPage.tsx'

/** The board is the first page; the others are fetched when they are asked for. */
const PAGES: Readonly<Record<string, ComponentType>> = {
  [PATHS.board]: BoardPage,
  [PATHS.signIn]: lazy(() => import('./pages/sign-in/SignInPage.tsx')),
  [PATHS.submissions]: lazy(() => import('./pages/submissions/SubmissionsPage.tsx')),
  [PATHS.import]: lazy(() => import('./pages/import/ImportPage.tsx')),
  [PATHS.account]: lazy(() => import('./pages/account/AccountPage.tsx')),
  [PATHS.people]: lazy(() => import('./pages/people/PeoplePage.tsx')),
}
const NotFoundPage = lazy(() => import('./pages/not-found/NotFoundPage.tsx'))

/** The page of the address, in the shell. */
export function App() {
  const path = usePathname().replace(/(?<=.)\/$/, '')
  const Page = Object.hasOwn(PAGES, path) ? PAGES[path] : undefined
  return (
    <Shell>
      <Suspense fallback={<Arriving />}>{Page ? <Page /> : <NotFoundPage />}</Suspense>
    </Shell>
  )
}

function Arriving() {
  return (
    <>
      <LoadingBar />
      <Sky isLow />
    </>
  )
}
