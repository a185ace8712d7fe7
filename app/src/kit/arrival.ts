import { APP_NAME } from '#words/shell'

let shownPath: string | undefined
let isReturn = false

/** Back and forward: the browser puts the scroll position back by itself. */
addEventListener('popstate', () => {
  isReturn = true
})

/**
 * What a screen reader and a keyboard need when another page is shown (the browser does it for
 * documents): the window's title, the focus on the page's heading, the view at its top.
 * The first page of a visit is left as the browser has it.
 */
export function arrive(title: string): void {
  document.title = `${title} · ${APP_NAME}`
  const isChange = shownPath !== undefined && shownPath !== location.pathname
  shownPath = location.pathname
  if (!isChange) return
  const heading = document.querySelector<HTMLElement>('main h1')
  heading?.setAttribute('tabindex', '-1')
  heading?.focus({ preventScroll: true })
  if (!isReturn) scrollTo(0, 0)
  isReturn = false
}
