import type { ComponentProps } from 'react'

/**
 * Controls that belong together, under a name for screen readers: `aria-label` or `aria-labelledby`.
 */
export function Group(props: ComponentProps<'div'>) {
  // biome-ignore lint/a11y/useSemanticElements: a fieldset's legend takes no part in a grid or a line
  return <div {...props} role="group" />
}
