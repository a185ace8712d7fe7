import { useEffect, useState } from 'react'
import { t } from '#words/board'
import { Button } from '../../kit/Button.tsx'
import layout from '../../kit/layout.module.css'
import css from './Answer.module.css'
import { Legend } from './Legend.tsx'
import { Reason, reasonText } from './Reason.tsx'
import type { BoardState } from './useBoard.ts'
import { useRouteCount } from './useRouteCount.ts'

type AnswerProps = {
  state: BoardState
  /** Shows the optimal route after this one, or the one before. */
  choose: (by: 1 | -1) => void
}

/** The fewest jumps in the largest letters of the app, and why. */
export function Answer({ state: { board, solution, edit }, choose }: AnswerProps) {
  const count = useRouteCount(board)
  const reason = { size: board.length, solution, count }
  const { blockedAt } = solution
  const spoken = `${solution.solvable ? `${t.answer.total(solution.total)} ${t.answer.jumps(solution.total)}` : t.answer.noRoute}. ${reasonText(reason)}`
  return (
    <div className={css.answer}>
      <div>
        <h1>{t.answer.heading}</h1>
        <p className={css.figure}>
          {solution.solvable ? t.answer.total(solution.total) : t.answer.noRoute}
          {solution.solvable && <em>{t.answer.jumps(solution.total)}</em>}
        </p>
        <p className={css.reason}>
          <Reason {...reason} />
        </p>
        {count && !('exact' in count && count.exact < 2n) && solution.solvable && (
          <div className={css.ways}>
            <Button square icon="prev" aria-label={t.answer.before} onPress={() => choose(-1)} />
            <Button square icon="next" aria-label={t.answer.after} onPress={() => choose(1)} />
          </div>
        )}
        {blockedAt !== null && (
          <div className={css.ways}>
            {[blockedAt, blockedAt + 1].map((cloud) => (
              <Button key={cloud} onPress={() => edit({ type: 'toggle', cloud })}>
                {t.answer.clearCloud(cloud)}
              </Button>
            ))}
          </div>
        )}
      </div>
      <Legend />
      <Announcement text={spoken} />
    </div>
  )
}

const PAUSE_MS = 400

/** Says the answer to a screen reader once the editing pauses; the figure itself changes at once. */
function Announcement({ text }: { text: string }) {
  const [said, setSaid] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setSaid(text), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [text])
  return (
    <output className={layout.hidden} aria-live="polite">
      {said}
    </output>
  )
}
