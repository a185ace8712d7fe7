/**
 * Where what has the focus goes away, the focus goes back to where it came from, or else to the page's heading: lost,
 * it would be at the top of the document, and a screen reader too (WCAG 2.4.3).
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

/** Without a scroll. A heading can have the focus for that, and is no stop for Tab. */
export function focusQuietly(element: HTMLElement | null): void {
  if (element?.tagName === 'H1') element.tabIndex = -1
  element?.focus({ preventScroll: true })
}
