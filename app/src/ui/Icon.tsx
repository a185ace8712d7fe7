import clsx from 'clsx'
import css from './Icon.module.css'
import { type Drawing, ICONS, type IconName } from './icons.ts'

export type { IconName }

/** A line icon of 20 px in the colour of the text around it; decoration, so the words beside it must do. */
export function Icon({ name, className }: { name: IconName; className?: string | undefined }) {
  const icon: Drawing = ICONS[name]
  return (
    <svg className={clsx(css.icon, icon.turns && css.turns, className)} viewBox="0 0 20 20" aria-hidden="true">
      {icon.filled && <path className={css.filled} d={icon.filled} />}
      <path d={icon.line} />
    </svg>
  )
}
