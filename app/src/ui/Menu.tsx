import clsx from 'clsx'
import { type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { fill } from '#i18n/format.ts'
import { Button } from './Button.tsx'
import type { IconName } from './Icon.tsx'
import css from './Menu.module.css'
import { t } from './words/en.ts'

type DisclosureLook = {
  label: string
  icon: IconName
  /** Shows only the icon. */
  square?: boolean
}

type DisclosureProps = DisclosureLook & { children: (close: () => void) => ReactNode }

/** A button that opens a panel below it. Escape, a press elsewhere and moving the focus away close it. */
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
    // biome-ignore lint/a11y/noStaticElementInteractions: it only handles Escape for the buttons inside
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

type Entry = { key: string; text: ReactNode; isDestructive?: boolean; onChoose: () => void }

type MenuProps = DisclosureLook & {
  /** What all entries are about. */
  heading?: string
  entries: readonly Entry[]
}

/** A button that opens a list of actions. Destructive ones stand last, behind a line. */
export function Menu({ heading, entries, ...look }: MenuProps) {
  return (
    <Disclosure {...look}>
      {(close) => (
        <>
          {heading && <p className={css.heading}>{heading}</p>}
          <ul className={css.menu}>
            {entries.map(({ key, text, isDestructive, onChoose }) => (
              <li key={key}>
                <button
                  type="button"
                  className={clsx(css.entry, isDestructive && css.destructive)}
                  onClick={() => {
                    close()
                    onChoose()
                  }}
                >
                  <span>{text}</span>
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
    </Disclosure>
  )
}

export type Format = keyof typeof t.formats

/** Of a file in this format. */
export function endingOf(format: Format): 'csv' | 'ndjson' {
  return format === 'ndjson' ? 'ndjson' : 'csv'
}

const FORMATS = Object.keys(t.formats) as Format[]

/** The formats that a file can have. */
export function FormatMenu({ label, onChoose }: { label: string; onChoose: (format: Format) => void }) {
  const entries = FORMATS.map((format) => ({
    key: format,
    text: <span className={css.use}>{fill(t.formats[format].use, { name: <b>{t.formats[format].name}</b> })}</span>,
    onChoose: () => onChoose(format),
  }))
  return <Menu label={label} icon="down" entries={entries} />
}
