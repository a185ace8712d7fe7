import clsx from 'clsx'
import { type ReactNode, useEffect, useState } from 'react'
import { APP_NAME, t } from '#i18n/words/en.ts'
import { Sky } from '#sky/Sky.tsx'
import layout from '#ui/layout.module.css'
import css from './Page.module.css'

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

const SLOW_MS = 2000

/** A thin bar at the top of the window while something loads; in words too when that takes long. */
export function LoadingBar({ label = t.loading }: { label?: string }) {
  const [isSlow, setSlow] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), SLOW_MS)
    return () => clearTimeout(timer)
  }, [])
  return (
    <>
      <div className={css.bar} role="progressbar" aria-label={label} />
      <p className={css.slow} role="status">
        {isSlow && t.slow}
      </p>
    </>
  )
}

let shownPath: string | undefined
/** The page that back or forward leads to: there the browser restores the scroll position. */
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

/**
 * When the focused element disappears, focuses the element before it, or else the page's heading. Otherwise focus, and
 * a screen reader, would start again at the top of the document (WCAG 2.4.3).
 */
export function keepFocus(): void {
  let now: HTMLElement | undefined
  let before: HTMLElement | undefined
  document.addEventListener('focusin', ({ target }) => {
    if (target !== now) [before, now] = [now, target as HTMLElement]
  })
  new MutationObserver(() => {
    if (now?.isConnected !== false || document.activeElement !== document.body) return
    focusQuietly(before?.isConnected ? before : document.querySelector<HTMLElement>('main h1'))
  }).observe(document.body, { childList: true, subtree: true })
}

/** Focuses without scrolling. A heading becomes focusable, but no stop for Tab. */
export function focusQuietly(element: HTMLElement | null): void {
  if (element?.tagName === 'H1') element.tabIndex = -1
  element?.focus({ preventScroll: true })
}
