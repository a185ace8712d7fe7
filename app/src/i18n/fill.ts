import { createElement, Fragment, type ReactNode } from 'react'

/**
 * A sentence with elements in the places of their names: `fill('We sent a code to {email}.', { email: <b>…</b> })`.
 * Each language has the sentence as a whole, and so its own order.
 *
 * The text between them stands in elements of its own, which a changed text replaces: a browser that translates the
 * page takes the bare texts beside elements away.
 */
export function fill(sentence: string, elements: Readonly<Record<string, ReactNode>>): ReactNode {
  const parts = sentence
    .split(/\{(\w+)\}/)
    .map((part, index) => (index % 2 === 1 ? elements[part] : part && createElement('span', { key: part }, part)))
  return createElement(Fragment, null, ...parts)
}
