import { t } from '#words/files'
import css from './FormatMenu.module.css'
import { Unfold } from './Unfold.tsx'

export type Format = keyof typeof t.formats

const FORMATS = Object.keys(t.formats) as Format[]

type FormatMenuProps = { label: string; isDisabled?: boolean; onChoose: (format: Format) => void }

/** A button that unfolds the formats of a file: the one that is chosen is made. */
export function FormatMenu({ label, isDisabled = false, onChoose }: FormatMenuProps) {
  return (
    <Unfold label={label} icon="down" isDisabled={isDisabled}>
      {(fold) => (
        <ul className={css.menu}>
          {FORMATS.map((format) => (
            <li key={format}>
              <button
                type="button"
                className={css.entry}
                onClick={() => {
                  fold()
                  onChoose(format)
                }}
              >
                {t.formats[format].label} <span>{t.formats[format].use}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </Unfold>
  )
}
