import type { Solution } from '@jotc/core/solver'
import { memo } from 'react'
import { fill, format } from '#i18n/format.ts'
import { Cloud } from '#sky/Cloud.tsx'
import { Button } from '#ui/Button.tsx'
import layout from '#ui/layout.module.css'
import { useSettled } from '#ui/useSettled.ts'
import type { BoardState } from '../state/useBoard.ts'
import { t } from '../words/en.ts'
import css from './Answer.module.css'
import { type ReadableCount, useRouteCount } from './useRouteCount.ts'

type AnswerProps = Pick<BoardState, 'board' | 'solution' | 'edit'> & {
  choose: (which: Choice) => void
  /** Nobody has changed a board on this page. */
  isUntouched: boolean
}

/** Which optimal route to show: the one after this one, the one before, or any of them. */
export type Choice = 1 | -1 | 'any'

/** The fewest jumps in the largest letters of the app, and why. */
export const Answer = memo(function Answer({ board, solution, edit, choose, isUntouched }: AnswerProps) {
  const count = useRouteCount(board)
  const answer = { size: board.length, solution, count }
  const { total, blockedAt } = solution
  return (
    <div className={css.answer}>
      <div>
        <h1>{t.answer.heading}</h1>
        <p className={css.figure}>
          {total === null ? t.answer.noRoute : fill(t.answer.total(total), { number: <b>{format.number(total)}</b> })}
        </p>
        <div className={css.told}>
          <p className={css.reason}>
            <Reason {...answer} />
          </p>
          {count && !('exact' in count && count.exact < 2n) && solution.solvable && (
            <Choose choose={choose} isAmongMany={!('exact' in count) || count.exact >= MANY} />
          )}
          <p className={css.tip} data-gone={!isUntouched || undefined}>
            {t.answer.tip}
          </p>
        </div>
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
      <Announcement text={spoken(answer)} />
    </div>
  )
})

/** Nobody walks through so many. */
const MANY = 1000n

type ChooseProps = Pick<AnswerProps, 'choose'> & { isAmongMany: boolean }

const Choose = memo(function Choose({ choose, isAmongMany }: ChooseProps) {
  if (isAmongMany) return <Button onPress={() => choose('any')}>{t.answer.another}</Button>
  return (
    <div className={css.routes}>
      <Button square icon="prev" aria-label={t.answer.before} onPress={() => choose(-1)} />
      <Button square icon="next" aria-label={t.answer.after} onPress={() => choose(1)} />
    </div>
  )
})

type ReasonProps = {
  size: number
  solution: Solution
  /** How many routes are as fast; undefined while they are being counted. */
  count: ReadableCount | undefined
}

/** The sentence below the answer. */
function Reason(props: ReasonProps) {
  const sentence = reasonFor(props)
  const { count } = props
  if (sentence !== t.answer.manyRoutes || count === undefined || 'exact' in count) return <span>{sentence}</span>
  const { digits, exponent } = textsOf(count)
  const number = (
    <>
      <span aria-hidden="true">
        {digits} × 10<sup>{exponent}</sup>
      </span>
      <span className={layout.hidden}>{t.answer.spokenPower(digits, exponent)}</span>
    </>
  )
  return fill(sentence, { number })
}

/** Why the answer is what it is; with the place of a `{number}` that is too long to be written out. */
function reasonFor({ size, solution, count }: ReasonProps): string {
  if (!solution.solvable) return t.answer.blocked(solution.blockedAt)
  if (size === 1) return t.answer.oneCloud
  if (size === 2) return t.answer.twoClouds
  if (count === undefined) return t.answer.counting
  if (!('exact' in count)) return t.answer.manyRoutes
  return count.exact === 1n ? t.answer.onlyRoute : t.answer.routes(count.exact)
}

/** The answer and its reason as a screen reader says them. */
function spoken(props: ReasonProps): string {
  const { count, solution } = props
  const { solvable, total } = solution
  const figure = solvable ? t.answer.total(total).replace('{number}', format.number(total)) : t.answer.noRoute
  const reason = reasonFor(props)
  if (count === undefined || 'exact' in count) return `${figure}. ${reason}`
  const { digits, exponent } = textsOf(count)
  return `${figure}. ${reason.replace('{number}', t.answer.spokenPower(digits, exponent))}`
}

const textsOf = ({ mantissa, exponent }: Exclude<ReadableCount, { exact: bigint }>) => ({
  digits: format.decimal(mantissa),
  exponent: format.number(exponent),
})

export const Legend = memo(function Legend() {
  return (
    <ul className={css.legend} aria-label={t.legend.label}>
      <li>
        <Cloud kind="cumulus" className={css.symbol} />
        <span>
          <b>0</b> {t.legend.cumulus}
        </span>
      </li>
      <li>
        <Cloud kind="thunderhead" className={css.symbol} />
        <span>
          <b>1</b> {t.legend.thunderhead}
        </span>
      </li>
    </ul>
  )
})

const PAUSE_MS = 400

/** Says the answer to a screen reader once the editing pauses; the figure itself changes at once. */
function Announcement({ text }: { text: string }) {
  const said = useSettled(text, PAUSE_MS)
  return (
    <output className={layout.hidden} aria-live="polite">
      {said}
    </output>
  )
}
