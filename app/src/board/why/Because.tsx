import type { Board } from '@jotc/core/board'
import { reasonFor } from '@jotc/core/reason'
import { t } from './words/en.ts'

type BecauseProps = { board: Board; route: readonly number[]; at: number }

/** Why the jump that the hare has just made is as long as it is. */
export default function Because({ board, route, at }: BecauseProps) {
  if (at === 0) return <span>{t.start}</span>
  const from = route[at - 1] as number
  return (
    <>
      <b>{t.jump(at)}</b> <span>{t.reasons[reasonFor(board, from, route[at] as number)](from)}</span>
    </>
  )
}
