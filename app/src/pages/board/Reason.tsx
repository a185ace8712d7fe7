import type { Solution } from '@jotc/core/solver'
import { t } from '#words/board'
import { format } from '../../kit/format.ts'
import layout from '../../kit/layout.module.css'
import type { ReadableCount } from './route-count.ts'

type ReasonProps = {
  size: number
  solution: Solution
  /** How many routes are as fast; undefined while they are being counted. */
  count: ReadableCount | undefined
}

/** The sentence below the answer. */
export function Reason(props: ReasonProps) {
  const { count, solution } = props
  if (!solution.solvable || count === undefined || 'exact' in count) return reasonText(props)
  const [about, timesTen, toThePower, routes] = t.answer.manyRoutes
  return (
    <>
      {about}
      {format.decimal(count.mantissa)}
      {timesTen}
      <span className={layout.hidden}>{toThePower}</span>
      <sup>{count.exponent}</sup>
      {routes}
    </>
  )
}

/** The same sentence as plain text. */
export function reasonText({ size, solution, count }: ReasonProps): string {
  if (!solution.solvable) return t.answer.blocked(solution.blockedAt)
  if (size === 1) return t.answer.oneCloud
  if (size === 2) return t.answer.twoClouds
  if (count === undefined) return t.answer.counting
  if ('exact' in count) return count.exact === 1n ? t.answer.onlyRoute : t.answer.routes(count.exact)
  const [about, timesTen, toThePower, routes] = t.answer.manyRoutes
  return `${about}${format.decimal(count.mantissa)}${timesTen}${toThePower}${count.exponent}${routes}`
}
