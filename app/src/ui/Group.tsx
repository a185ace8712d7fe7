import type { ComponentProps } from 'react'

/**
 * Controls that belong together, under a name for screen readers: `aria-label` or `aria-labelledby`. No fieldset: that
 * is for the fields of a form, and its legend takes no part in a grid or a line.
 */
export function Group(props: ComponentProps<'div'>) {
  // biome-ignore lint/a11y/useSemanticElements: see above
  return <div {...props} role="group" />
}
