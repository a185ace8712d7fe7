import type { Board } from '@jotc/core/board'
import { type FormEvent, memo, type PointerEvent, useState } from 'react'
import { Button } from '#ui/Button.tsx'
import { NumberField } from '#ui/form/NumberField.tsx'
import { t } from '../words/en.ts'
import { thunderheadShares } from './marks.ts'
import css from './Overview.module.css'
import { useWidth } from './useRowWindow.ts'

/** Px a bar takes; up to as many clouds as bars fit, each cloud has its own. */
const BAR = 5

type OverviewProps = {
  /** Once its edits have paused: hundreds of bars take longer to draw than the cloud that was switched. */
  board: Board
  size: number
  /** The clouds in view. */
  first: number
  last: number
  blockedAt: number | null
  /** The cloud it stands on. */
  hare: number
  /** Shows this share (0 to 1) of the board in the middle. */
  scrollTo: (share: number) => void
  goTo: (cloud: number) => void
}

/** Where a long board has its thunderheads, which part of it is shown, and ways to go elsewhere. */
const Overview = memo(function Overview(props: OverviewProps) {
  const { board, size, first, last, blockedAt, hare, scrollTo, goTo } = props
  const [strip, width] = useWidth()

  function drag(event: PointerEvent<HTMLDivElement>) {
    if (event.buttons !== 1) return
    const { left, width } = event.currentTarget.getBoundingClientRect()
    event.currentTarget.setPointerCapture(event.pointerId)
    scrollTo((event.clientX - left) / width)
  }
  const percent = (cloud: number) => `${(100 * cloud) / size}%`
  return (
    <>
      <div dir="ltr" className={css.strip} ref={strip} onPointerDown={drag} onPointerMove={drag} aria-hidden="true">
        <Bars board={board} most={Math.floor(width / BAR)} />
        <i className={css.travelled} style={{ width: percent(hare) }} />
        {blockedAt !== null && <i className={css.blocking} style={{ left: percent(blockedAt + 1) }} />}
        <i className={css.window} style={{ left: percent(first), width: percent(last - first + 1) }} />
      </div>
      <div className={css.line}>
        <span>{t.overview.shown(first, last, size)}</span>
        <GoToCloud size={size} goTo={goTo} />
      </div>
    </>
  )
})

export default Overview

const HEIGHT = 44
const FLOOR = 38
/** At most half of a board with a route is thunderheads: its bars use the whole height. */
const TALLEST_SHARE = 0.5

const Bars = memo(function Bars({ board, most }: { board: Board; most: number }) {
  const shares = thunderheadShares(board, most)
  const bars = shares.map((share, bar) => {
    const height = Math.max(1, Math.min(1, share / TALLEST_SHARE) * (FLOOR - 6))
    return `M${bar * BAR + 1} ${FLOOR}v${-height.toFixed(1)}h3v${height.toFixed(1)}z`
  })
  return (
    <svg viewBox={`0 0 ${shares.length * BAR} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
      <path d={bars.join('')} />
    </svg>
  )
})

/** Shows and focuses one cloud of a long board, by its number. */
const GoToCloud = memo(function GoToCloud({ size, goTo }: Pick<OverviewProps, 'goTo'> & { size: number }) {
  const [cloud, setCloud] = useState(0)
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    // The field has said that it holds no number.
    if (event.currentTarget.querySelector('[aria-invalid]')) return
    goTo(Math.min(cloud, size - 1))
  }
  return (
    <form className={css.form} onSubmit={submit}>
      <NumberField
        className={css.field}
        label={t.overview.goTo}
        value={Math.min(cloud, size - 1)}
        min={0}
        max={size - 1}
        onChange={setCloud}
      />
      <Button type="submit">{t.overview.go}</Button>
    </form>
  )
})
