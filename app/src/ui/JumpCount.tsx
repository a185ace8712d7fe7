import { format } from '#i18n/format.ts'
import { Icon } from './Icon.tsx'
import css from './JumpCount.module.css'

/** Fewest jumps in a table, or that there is no route. */
export function JumpCount({ total, blocked }: { total: number | null; blocked: string }) {
  if (total !== null) return format.number(total)
  return (
    <span className={css.blocked}>
      <Icon name="stop" />
      {blocked}
    </span>
  )
}
