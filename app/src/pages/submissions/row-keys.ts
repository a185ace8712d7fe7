import type { KeyboardEvent } from 'react'

/** Arrows move from row to row, Home and End to the first and the last one; Enter opens, as on any link. */
export function moveByKey(event: KeyboardEvent<HTMLElement>): void {
  const links = [...event.currentTarget.querySelectorAll<HTMLElement>('a')]
  const place = links.indexOf(event.target as HTMLElement)
  const next = { ArrowUp: place - 1, ArrowDown: place + 1, Home: 0, End: links.length - 1 }[event.key]
  if (place === -1 || next === undefined || event.altKey || event.ctrlKey || event.metaKey) return
  event.preventDefault()
  links[next]?.focus()
}
