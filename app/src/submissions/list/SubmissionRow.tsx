import type { SortKey, Submission } from '@jotc/core/api/jotc'
import type { Board } from '@jotc/core/board'
import { boardToLink } from '@jotc/core/link'
import clsx from 'clsx'
import { type ReactNode, useEffectEvent, useLayoutEffect, useRef, useState } from 'react'
import { ApiProblem, api, isSessionOver, shownProblem } from '#api/client.ts'
import { queryClient } from '#api/query-client.ts'
import { formatFullMoment, formatMoment } from '#i18n/dates.ts'
import { fill, format } from '#i18n/format.ts'
import { BoardPictogram } from '#sky/BoardPictogram.tsx'
import { Button } from '#ui/Button.tsx'
import { toast } from '#ui/feedback/toast.tsx'
import { Link } from '#ui/Link.tsx'
import table from '#ui/list/Table.module.css'
import { Blocked, Cell, Row } from '#ui/list/Table.tsx'
import { PATHS } from '#ui/page/paths.ts'
import { t } from '../words/en.ts'
import css from './SubmissionTable.module.css'

export type ColumnKey = 'board' | SortKey | 'actions'
type RowProps = { submission: Submission; columns: readonly ColumnKey[] }

/** A submission, which its owner or an administrator can remove. */
export function SubmissionRow({ submission, columns }: RowProps) {
  const [state, setState] = useState<'there' | 'removed' | 'undone'>('there')
  const buttonId = `remove-${submission.id}`
  useLayoutEffect(() => {
    if (state === 'undone') document.getElementById(buttonId)?.focus()
  }, [state, buttonId])

  if (state === 'removed') {
    return (
      <RemovedRow
        id={submission.id}
        span={columns.length}
        onUndo={() => setState('undone')}
        onFailure={() => setState('there')}
      />
    )
  }
  return (
    <Row>
      {columns.map((key) => {
        if (key === 'actions') {
          return (
            <Cell key={key} className={css.actions}>
              <Button
                id={buttonId}
                variant="quiet"
                square
                small
                icon="clear"
                aria-label={t.removal.button(nameOf(submission))}
                onPress={() => setState('removed')}
              />
            </Cell>
          )
        }
        const { className, content, ...rest } = CELLS[key](submission)
        return (
          <Cell key={key} className={className} {...rest}>
            {content}
          </Cell>
        )
      })}
    </Row>
  )
}

const UNDO_MS = 10_000

type RemovedRowProps = { id: string; span: number; onUndo: () => void; onFailure: () => void }

/**
 * In place of a row that was removed, with ten seconds to undo it. Only then is the service told, or once the row is not
 * on the page any more, which nobody could undo. So what is undone was never gone: it keeps its id and its time, and
 * counts and charts are right at any moment. A browser that crashes meanwhile removes nothing.
 */
function RemovedRow({ id, span, onUndo, onFailure }: RemovedRowProps) {
  const cell = useRef<HTMLDivElement>(null)
  const isUndone = useRef(false)
  const fail = useEffectEvent(onFailure)
  useLayoutEffect(() => {
    cell.current?.querySelector('button')?.focus()
    let isSent = false
    const send = () => {
      if (isSent || isUndone.current) return
      isSent = true
      void remove(id, fail, () => cell.current?.closest<HTMLElement>('[tabindex="-1"]'))
    }
    const timer = setTimeout(send, UNDO_MS)
    addEventListener('pagehide', send)
    return () => {
      clearTimeout(timer)
      removeEventListener('pagehide', send)
      send()
    }
  }, [id])
  function undo() {
    isUndone.current = true
    onUndo()
  }
  return (
    <Row>
      <Cell colSpan={span} className={css.removed}>
        <div ref={cell} className={css.removedLine}>
          <span id={`removed-${id}`}>{t.removal.removed}</span>
          <Button small icon="undo" aria-describedby={`removed-${id}`} onPress={undo}>
            {t.removal.undo}
          </Button>
        </div>
      </Cell>
    </Row>
  )
}

/** @param place gets the focus, where the row had it that goes */
async function remove(id: string, onFailure: () => void, place: () => HTMLElement | null | undefined): Promise<void> {
  try {
    await api.delete(`/jotc/${id}`)
  } catch (error) {
    const isGone = error instanceof ApiProblem && error.type === 'submission-not-found'
    if (!isGone) {
      onFailure()
      if (!isSessionOver(error)) toast.error({ title: t.removal.failed, ...shownProblem(error) })
      return
    }
  }
  const list = place()
  if (list?.contains(document.activeElement)) list.focus({ preventScroll: true })
  await queryClient.invalidateQueries()
}

function nameOf({ clouds, size }: Submission): string {
  return t.board(size, clouds.replaceAll('0', '').length)
}

type Content = { className: string | undefined; content: ReactNode; title?: string }

const CELLS: Record<Exclude<ColumnKey, 'actions'>, (submission: Submission) => Content> = {
  board: (submission) => ({ className: css.board, content: <BoardLink submission={submission} /> }),
  size: ({ size }) => ({
    className: clsx(css.size, table.unit),
    content: fill(t.clouds(size), { number: format.number(size) }),
  }),
  total: ({ total, playedJumps }) => ({
    className: clsx(css.total, table.unit),
    content: total === null ? <Blocked label={t.isBlocked} /> : <Jumps total={total} played={playedJumps} />,
  }),
  email: ({ email }) => ({ className: css.email, title: email, content: email }),
  createdAt: ({ createdAt }) => ({
    className: css.createdAt,
    content: (
      <time dateTime={createdAt} title={formatFullMoment(createdAt)}>
        {formatMoment(createdAt)}
      </time>
    ),
  }),
}

/** The fewest jumps; before them those of the person who played the board. */
function Jumps({ total, played }: { total: number; played: number | null }) {
  const number = format.number(total)
  if (played === null) return fill(t.jumps(total), { number })
  return fill(t.jumpsPlayed, { number, played: <i className={css.played}>{t.played(played)}</i> })
}

/** The board as a pictogram that opens it; its target is the whole row. */
function BoardLink({ submission }: { submission: Submission }) {
  const { clouds, blockedAt } = submission
  // The service answers only boards.
  const href = `${PATHS.board}#${boardToLink(clouds as Board)}`
  return (
    <Link href={href} className={clsx(css.link, table.whole)} aria-label={nameOf(submission)}>
      <BoardPictogram clouds={clouds} blockedAt={blockedAt} />
    </Link>
  )
}
