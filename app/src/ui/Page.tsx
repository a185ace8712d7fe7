import clsx from 'clsx'
import { type ReactNode, useEffect } from 'react'
import { APP_NAME } from '#i18n/words/en.ts'
import { Sky } from '#sky/Sky.tsx'
import { focusQuietly } from './focus.ts'
import layout from './layout.module.css'

type PageProps = {
  /** Names the page in the window's title, and as its `h1` unless `sky` brings one. */
  title: string
  /** What stands in the sky instead of the title; must hold the page's `h1`. */
  sky?: ReactNode
  /** A lower sky, for pages whose head is a title. */
  compact?: boolean
  /** A column of 520 px, for forms. */
  isNarrow?: boolean
  /** What stands on the ground. */
  children?: ReactNode
}

/** A page of the app: its head in the sky, its tools on the ground. Names the window and takes the focus. */
export function Page({ title, sky, compact, isNarrow, children }: PageProps) {
  useEffect(() => enterPage(title), [title])
  const column = clsx(layout.wrap, isNarrow && layout.narrow)
  return (
    <>
      <Sky compact={compact}>
        <div className={column}>{sky ?? <h1>{title}</h1>}</div>
      </Sky>
      <div className={column}>{children}</div>
    </>
  )
}

let shownPath: string | undefined
/** Of the page that back or forward leads to: there the browser puts the scroll position back by itself. */
let returnPath: string | undefined

addEventListener('popstate', () => {
  returnPath = location.pathname
})

/**
 * What a screen reader and a keyboard need when another page is shown (the browser does it for
 * documents): the window's title, the focus on the page's heading, the view at its top.
 * The first page of a visit is left as the browser has it.
 */
function enterPage(title: string): void {
  document.title = `${title} · ${APP_NAME}`
  const isChange = shownPath !== undefined && shownPath !== location.pathname
  shownPath = location.pathname
  if (!isChange) return
  focusQuietly(document.querySelector<HTMLElement>('main h1'))
  if (returnPath !== shownPath) scrollTo(0, 0)
  returnPath = undefined
}
