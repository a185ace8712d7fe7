import type { ComponentProps, MouseEvent } from 'react'
import { navigate } from 'wouter/use-browser-location'

type LinkProps = ComponentProps<'a'> & { href: string; replace?: boolean }

/**
 * A link to a place in the app, which goes there without loading the document anew. A click that opens it
 * elsewhere (with a key held, with another button) is left to the browser.
 */
export function Link({ href, replace = false, onClick, ...rest }: LinkProps) {
  function follow(event: MouseEvent<HTMLAnchorElement>) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || event.button !== 0) return
    onClick?.(event)
    if (event.defaultPrevented) return
    event.preventDefault()
    navigate(href, { replace })
  }
  return <a {...rest} href={href} onClick={follow} />
}
