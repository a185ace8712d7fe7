import { createElement, Fragment, type ReactNode } from 'react'

/**
 * A sentence with elements in the places of their names: `fill('We sent a code to {email}.', { email: <b>…</b> })`.
 * Each language has the sentence as a whole, and so its own order.
 *
 * The text between them stands in elements of its own: a browser that translates the page takes bare texts away.
 */
export function fill(sentence: string, elements: Readonly<Record<string, ReactNode>>): ReactNode {
  const parts = sentence
    .split(/\{(\w+)\}/)
    .map((part, index) => (index % 2 === 1 ? elements[part] : part && createElement('span', null, part)))
  return createElement(Fragment, null, ...parts)
}
