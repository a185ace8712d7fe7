import type { Submission } from '@jotc/core/api/jotc'
import type { Board } from '@jotc/core/board'
import { boardToLink } from '@jotc/core/link'
import type { ReactNode } from 'react'
import { PATHS } from '#frame/paths.ts'
import { formatFullMoment, formatMoment } from '#i18n/dates.ts'
import { format } from '#i18n/format.ts'
import { BoardPictogram } from '#sky/BoardPictogram.tsx'
import { JumpCount } from '#ui/JumpCount.tsx'
import { Link } from '#ui/Link.tsx'
import { t } from '../words/en.ts'
import type { Column } from './columns.ts'
import css from './SubmissionTable.module.css'

export function SubmissionRow({ submission, columns }: { submission: Submission; columns: readonly Column[] }) {
  return (
    // biome-ignore lint/a11y/noRedundantRoles: see SubmissionTable
    <tr role="row">
      {columns.map(({ key }) => {
        const { className, content, ...rest } = CELLS[key](submission)
        return (
          // biome-ignore lint/a11y/noRedundantRoles: see SubmissionTable
          <td key={key} role="cell" className={className} {...rest}>
            {content}
          </td>
        )
      })}
    </tr>
  )
}

type Cell = { className: string | undefined; content: ReactNode; title?: string; 'data-unit'?: string }

const CELLS: Record<Column['key'], (submission: Submission) => Cell> = {
  board: (submission) => ({ className: css.board, content: <BoardLink submission={submission} /> }),
  size: ({ size }) => ({ className: css.size, 'data-unit': t.clouds(size), content: format.number(size) }),
  total: ({ total }) => ({
    className: css.total,
    ...(total !== null && { 'data-unit': t.jumps(total) }),
    content: <JumpCount total={total} blocked={t.isBlocked} />,
  }),
  email: ({ email }) => ({ className: css.email, title: email, content: email }),
  createdAt: ({ createdAt }) => ({
    className: css.time,
    content: (
      <time dateTime={createdAt} title={formatFullMoment(createdAt)}>
        {formatMoment(createdAt)}
      </time>
    ),
  }),
}

/** The board as a pictogram that opens it; its target is the whole row. */
function BoardLink({ submission }: { submission: Submission }) {
  const { clouds, size, blockedAt } = submission
  const thunderheads = clouds.replaceAll('0', '').length
  const name = t.board(format.number(size), format.number(thunderheads), thunderheads)
  // What the service answers as `clouds` is a board.
  const href = `${PATHS.board}#${boardToLink(clouds as Board)}`
  return (
    <Link href={href} className={css.link} aria-label={name}>
      <BoardPictogram clouds={clouds} blockedAt={blockedAt} />
    </Link>
  )
}
