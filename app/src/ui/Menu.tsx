import clsx from 'clsx'
import type { ReactNode } from 'react'
import { fill } from '#i18n/fill.ts'
import { Disclosure, type DisclosureLook } from './Disclosure.tsx'
import css from './Menu.module.css'
import { t } from './words/en.ts'

type Entry = { key: string; text: ReactNode; isDestructive?: boolean; onChoose: () => void }

type MenuProps = DisclosureLook & {
  /** What all entries are about. */
  heading?: string
  entries: readonly Entry[]
}

/** A button that opens a list of things to do. What destroys stands last, behind a line. */
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
