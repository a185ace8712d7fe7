import { useEffect, useId, useRef, useState } from 'react'
import { t } from '#words/files'
import { Button } from './Button.tsx'
import css from './FormatMenu.module.css'

export type Format = keyof typeof t.formats

const FORMATS = Object.keys(t.formats) as Format[]

type FormatMenuProps = { label: string; isDisabled?: boolean; onChoose: (format: Format) => void }

/**
 * A button that unfolds the formats of a file: the one that is chosen is made. Escape, a press elsewhere and
 * moving the focus on fold it again.
 */
export function FormatMenu({ label, isDisabled = false, onChoose }: FormatMenuProps) {
  const id = useId()
  const menu = useRef<HTMLDivElement>(null)
  const [isOpen, setOpen] = useState(false)
  useEffect(() => {
    if (!isOpen) return
    const fold = ({ target }: Event) => menu.current?.contains(target as Node) || setOpen(false)
    document.addEventListener('pointerdown', fold)
    document.addEventListener('focusin', fold)
    return () => {
      document.removeEventListener('pointerdown', fold)
      document.removeEventListener('focusin', fold)
    }
  }, [isOpen])

  function close() {
    setOpen(false)
    menu.current?.querySelector('button')?.focus()
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape is heard for the buttons in it
    <div ref={menu} className={css.anchor} onKeyDown={({ key }) => key === 'Escape' && isOpen && close()}>
      <Button
        icon="down"
        aria-expanded={isOpen}
        aria-controls={id}
        isDisabled={isDisabled}
        onPress={() => setOpen(!isOpen)}
      >
        {label}
      </Button>
      <ul id={id} className={css.menu} hidden={!isOpen}>
        {FORMATS.map((format) => (
          <li key={format}>
            <button
              type="button"
              className={css.entry}
              onClick={() => {
                close()
                onChoose(format)
              }}
            >
              {t.formats[format].label} <span>{t.formats[format].use}</span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}
