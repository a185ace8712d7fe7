import { type ComponentType, useEffect } from 'react'
import { usePathname } from 'wouter/use-browser-location'
import { Sky } from '#sky/Sky.tsx'
import { LoadingBar } from '#ui/page/Page.tsx'
import { Boundary, fetchAhead, part } from '#ui/page/part.tsx'
import { PATHS } from '#ui/page/paths.ts'
import { BoardPage } from '../board/BoardPage.tsx'
import { Shell } from './Shell.tsx'

/** The board is the first page; the others are fetched when they are asked for. */
const PAGES: Readonly<Record<string, ComponentType>> = {
  [PATHS.board]: BoardPage,
  [PATHS.signIn]: part(() => import('../sign-in/SignInPage.tsx')),
  [PATHS.submissions]: part(() => import('../submissions/SubmissionsPage.tsx')),
  [PATHS.import]: part(() => import('../import/ImportPage.tsx')),
  [PATHS.account]: part(() => import('../account/AccountPage.tsx')),
  [PATHS.people]: part(() => import('../people/PeoplePage.tsx')),
}
const NotFoundPage = part(() => import('./NotFoundPage.tsx'))

/** Fetched ahead. If that failed, a plain sentence takes its place. */
const loadErrorPage = () => import('./ErrorPage.tsx')
const ErrorPage = part(loadErrorPage)
const workOffline = () => import('./offline.ts').then((part) => part.workOffline())

/** The page of the address, in the shell. */
export function App() {
  const path = usePathname().replace(/(?<=.)\/$/, '')
  const Page = (Object.hasOwn(PAGES, path) && PAGES[path]) || NotFoundPage
  useEffect(() => fetchAhead([loadErrorPage, workOffline]), [])
  const boundary = {
    of: path,
    instead: (
      <Boundary>
        <ErrorPage />
      </Boundary>
    ),
  }
  return (
    <Boundary {...boundary}>
      <Shell>
        <Boundary {...boundary} meanwhile={<Arriving />}>
          <Page />
        </Boundary>
      </Shell>
    </Boundary>
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
