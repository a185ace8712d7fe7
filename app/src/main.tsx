import '#ui/tokens.css'
import '#ui/base.css'
import { options, type VNode } from 'preact'
import { createRoot } from 'react-dom/client'
import { keepAccountFresh } from '#api/account-refresh.ts'
import { App } from '#frame/App.tsx'
import { keepFocus } from '#ui/page/Page.tsx'

writeTextAsReactDoes()
keepAccountFresh()
keepFocus()

createRoot(document.getElementById('root') as HTMLElement).render(<App />)

/**
 * An element with nothing but text in it gets that text as its `textContent`, as React does it. Preact would keep the
 * text node and change that; a browser that translates the page has taken it out by then, and the old words stayed.
 */
function writeTextAsReactDoes(): void {
  const normalize = options.vnode
  options.vnode = (vnode: VNode<{ children?: unknown; textContent?: string | number }>) => {
    normalize?.(vnode)
    const { type, props } = vnode
    const { children } = props
    const isText = typeof children === 'string' || typeof children === 'number'
    // A `title` may be one of a drawing, where attributes are set and no properties.
    if (isText && typeof type === 'string' && type !== 'title') {
      props.textContent = children
      props.children = undefined
    }
  }
}
