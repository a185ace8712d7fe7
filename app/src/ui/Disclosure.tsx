import { type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { Button } from './Button.tsx'
import css from './Disclosure.module.css'
import type { IconName } from './Icon.tsx'

export type DisclosureLook = {
  label: string
  icon: IconName
  /** The icon alone is seen. */
  square?: boolean
}

type DisclosureProps = DisclosureLook & { children: (close: () => void) => ReactNode }

/** A button that opens what else there is below it. Escape, a press elsewhere and moving the focus on close it. */
export function Disclosure({ label, icon, square, children }: DisclosureProps) {
  const id = useId()
  const anchor = useRef<HTMLDivElement>(null)
  const [isOpen, setOpen] = useState(false)
  useEffect(() => {
    if (!isOpen) return
    const closeFrom = ({ target }: Event) => anchor.current?.contains(target as Node) || setOpen(false)
    document.addEventListener('pointerdown', closeFrom)
    document.addEventListener('focusin', closeFrom)
    return () => {
      document.removeEventListener('pointerdown', closeFrom)
      document.removeEventListener('focusin', closeFrom)
    }
  }, [isOpen])

  function close() {
    setOpen(false)
    anchor.current?.querySelector('button')?.focus()
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape is heard for the buttons in it
    <div ref={anchor} className={css.anchor} onKeyDown={({ key }) => key === 'Escape' && isOpen && close()}>
      <Button
        {...(square && { square, variant: 'quiet', 'aria-label': label })}
        icon={icon}
        aria-expanded={isOpen}
        aria-controls={id}
        onPress={() => setOpen(!isOpen)}
      >
        {!square && label}
      </Button>
      <div id={id} className={css.content} hidden={!isOpen}>
        {children(close)}
      </div>
    </div>
  )
}
