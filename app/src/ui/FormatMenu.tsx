import { fill } from '#i18n/fill.ts'
import { Disclosure } from './Disclosure.tsx'
import css from './FormatMenu.module.css'
import { t } from './words/en.ts'

export type Format = keyof typeof t.formats

const FORMATS = Object.keys(t.formats) as Format[]

type FormatMenuProps = { label: string; onChoose: (format: Format) => void }

/** A button that opens the list of formats that a file can have. */
export function FormatMenu({ label, onChoose }: FormatMenuProps) {
  return (
    <Disclosure label={label} icon="down">
      {(close) => (
        <ul className={css.menu}>
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
                <span>{fill(t.formats[format].use, { name: <b>{t.formats[format].name}</b> })}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </Disclosure>
  )
}
