import { type ComponentType, lazy, Suspense } from 'react'
import { usePathname } from 'wouter/use-browser-location'
import { Sky } from '#sky/Sky.tsx'
import { LoadingBar } from '#ui/LoadingBar.tsx'
import { BoardPage } from '../board/BoardPage.tsx'
import { PATHS } from './paths.ts'
import { Shell } from './Shell.tsx'

/** The board is the first page; the others are fetched when they are asked for. */
const PAGES: Readonly<Record<string, ComponentType>> = {
  [PATHS.board]: BoardPage,
  [PATHS.signIn]: lazy(() => import('../sign-in/SignInPage.tsx')),
  [PATHS.submissions]: lazy(() => import('../submissions/SubmissionsPage.tsx')),
  [PATHS.import]: lazy(() => import('../import/ImportPage.tsx')),
  [PATHS.account]: lazy(() => import('../account/AccountPage.tsx')),
  [PATHS.people]: lazy(() => import('../people/PeoplePage.tsx')),
}
const NotFoundPage = lazy(() => import('../not-found/NotFoundPage.tsx'))

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
      <Sky compact />
    </>
  )
}
