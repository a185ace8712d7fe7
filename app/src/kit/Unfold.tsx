import { type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { Button } from './Button.tsx'
import type { IconName } from './Icon.tsx'
import css from './Unfold.module.css'

type UnfoldProps = { label: string; icon: IconName; isDisabled?: boolean; children: (fold: () => void) => ReactNode }

/** A button that unfolds what else there is. Escape, a press elsewhere and moving the focus on fold it again. */
export function Unfold({ label, icon, isDisabled = false, children }: UnfoldProps) {
  const id = useId()
  const anchor = useRef<HTMLDivElement>(null)
  const [isOpen, setOpen] = useState(false)
  useEffect(() => {
    if (!isOpen) return
    const fold = ({ target }: Event) => anchor.current?.contains(target as Node) || setOpen(false)
    document.addEventListener('pointerdown', fold)
    document.addEventListener('focusin', fold)
    return () => {
      document.removeEventListener('pointerdown', fold)
      document.removeEventListener('focusin', fold)
    }
  }, [isOpen])

  function fold() {
    setOpen(false)
    anchor.current?.querySelector('button')?.focus()
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape is heard for the buttons in it
    <div ref={anchor} className={css.anchor} onKeyDown={({ key }) => key === 'Escape' && isOpen && fold()}>
      <Button
        icon={icon}
        aria-expanded={isOpen}
        aria-controls={id}
        isDisabled={isDisabled}
        onPress={() => setOpen(!isOpen)}
      >
        {label}
      </Button>
      <div id={id} className={css.unfolded} hidden={!isOpen}>
        {children(fold)}
      </div>
    </div>
  )
}
