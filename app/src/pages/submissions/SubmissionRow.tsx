import type { Submission } from '@jotc/core/api/jotc'
import { t } from '#words/submissions'
import { formatFullMoment, formatMoment } from '../../kit/dates.ts'
import { format } from '../../kit/format.ts'
import { Icon } from '../../kit/Icon.tsx'
import css from './SubmissionTable.module.css'
import { TraceLink } from './TraceLink.tsx'

export function SubmissionRow({ submission, isAdmin }: { submission: Submission; isAdmin: boolean }) {
  const { size, total, email, createdAt } = submission
  return (
    // biome-ignore-start lint/a11y/noRedundantRoles: see SubmissionTable
    <tr role="row">
      <td role="cell" className={css.board}>
        <TraceLink submission={submission} />
      </td>
      <td role="cell" className={css.size} data-unit={t.clouds(size)}>
        {format.number(size)}
      </td>
      {total === null ? (
        <td role="cell" className={css.total}>
          <span className={css.blocked}>
            <Icon name="stop" />
            {t.isBlocked}
          </span>
        </td>
      ) : (
        <td role="cell" className={css.total} data-unit={t.jumps(total)}>
          {format.number(total)}
        </td>
      )}
      {isAdmin && (
        <td role="cell" className={css.email} title={email}>
          {email}
        </td>
      )}
      <td role="cell" className={css.time}>
        <time dateTime={createdAt} title={formatFullMoment(createdAt)}>
          {formatMoment(createdAt)}
        </time>
      </td>
    </tr>
    // biome-ignore-end lint/a11y/noRedundantRoles: see SubmissionTable
  )
}
