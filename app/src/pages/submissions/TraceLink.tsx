import type { Submission } from '@jotc/core/api/jotc'
import type { Board } from '@jotc/core/board'
import { boardToLink } from '@jotc/core/link'
import { t } from '#words/submissions'
import { format } from '../../kit/format.ts'
import { Link } from '../../kit/Link.tsx'
import { PATHS } from '../../kit/paths.ts'
import { Trace } from '../../kit/Trace.tsx'
import css from './TraceLink.module.css'

/** The board as a pictogram that opens it; its target is the whole row. */
export function TraceLink({ submission }: { submission: Submission }) {
  const { clouds, size, blockedAt } = submission
  const thunderheads = clouds.replaceAll('0', '').length
  const name = t.board(format.number(size), format.number(thunderheads), thunderheads)
  // What the service answers as `clouds` is a board.
  const href = `${PATHS.board}#${boardToLink(clouds as Board)}`
  return (
    <Link href={href} className={css.link} aria-label={name}>
      <Trace clouds={clouds} blockedAt={blockedAt} />
    </Link>
  )
}
