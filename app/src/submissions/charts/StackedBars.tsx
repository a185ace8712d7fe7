import { type CSSProperties, type ReactNode, useId } from 'react'
import { format, LOCALE } from '#i18n/format.ts'
import { scaleTop } from './bars.ts'
import css from './StackedBars.module.css'

/** As high as every chart of the page. */
export const HEIGHT = 168
const TOP = 8
const BASE = 167
/** Lower bars have no room for hatches. */
const THIN = 4

type Stack = {
  key: string | number
  /** What it says when it is pointed at. */
  title: string
  solvable: number
  blocked: number
}

type StackedBarsProps = {
  stacks: readonly Stack[]
  /** What the whole of it says. */
  summary: string
  /** Words below the bars, for the eye. */
  children: ReactNode
}

/** A bar for each stack, solvable boards below, blocked ones hatched above, with a scale at their right. */
export function StackedBars({ stacks, summary, children }: StackedBarsProps) {
  const hatch = useId()
  const top = scaleTop(Math.max(...stacks.map(({ solvable, blocked }) => solvable + blocked)))
  const scale = [top, top / 2].map((value) => ({ value, text: shortNumber(value) }))
  const longest = Math.max(...scale.map(({ text }) => text.length))
  const width = 100 / stacks.length
  return (
    <div dir="ltr" className={css.chart} style={{ '--scale': `${longest}ch` } as CSSProperties}>
      {scale.map(({ value, text }) => (
        <span key={value} className={css.value} aria-hidden="true" style={{ top: height(value, top) }}>
          {text}
        </span>
      ))}
      <svg className={css.plot} height={HEIGHT} role="img">
        <title>{summary}</title>
        <Hatch id={hatch} />
        {[1, 0.75, 0.5, 0.25].map((share) => (
          <line key={share} className={css.grid} x2="100%" y1={height(share, 1) + 0.5} y2={height(share, 1) + 0.5} />
        ))}
        {stacks.map(({ key, ...stack }, place) => (
          <Bar key={key} {...stack} top={top} x={place * width} width={width} hatch={hatch} />
        ))}
        <line className={css.base} x2="100%" y1={BASE + 0.5} y2={BASE + 0.5} />
      </svg>
      <div className={css.words} aria-hidden="true">
        {children}
      </div>
    </div>
  )
}

type BarProps = Omit<Stack, 'key'> & { top: number; x: number; width: number; hatch: string }

/** `x` and `width` in percent: the plot is as wide as its place, and nothing in it is stretched. */
function Bar({ title, solvable, blocked, top, x, width, hatch }: BarProps) {
  const gap = Math.min(width * 0.3, 1.4)
  const across = { x: `${x + gap / 2}%`, width: `${width - gap}%` }
  const upper = height(solvable + blocked, top)
  const isThin = solvable > 0 && BASE - upper < THIN
  const middle = isThin ? upper : height(solvable, top)
  return (
    <g>
      <title>{title}</title>
      {solvable > 0 && <rect className={css.solvable} {...across} y={middle} height={BASE - middle} />}
      {blocked > 0 && !isThin && (
        <rect
          className={css.blocked}
          fill={`url(#${hatch})`}
          {...across}
          y={upper}
          height={Math.max(2, middle - upper - 2)}
        />
      )}
    </g>
  )
}

/** The two kinds of boards in words. */
export function Legend({ solvable, blocked }: { solvable: string; blocked: string }) {
  const hatch = useId()
  return (
    <span className={css.legend}>
      <svg viewBox="0 0 14 14" aria-hidden="true">
        <rect className={css.solvable} width="14" height="14" rx="2" />
      </svg>
      {solvable}
      <svg viewBox="0 0 14 14" aria-hidden="true">
        <Hatch id={hatch} />
        <rect className={css.blocked} fill={`url(#${hatch})`} x=".5" y=".5" width="13" height="13" rx="2" />
      </svg>
      {blocked}
    </span>
  )
}

function Hatch({ id }: { id: string }) {
  return (
    <pattern id={id} width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
      <rect className={css.hatchPaper} width="5" height="5" />
      <rect className={css.hatchLine} width="2" height="5" />
    </pattern>
  )
}

/** Where a value stands in the plot, from its upper edge. */
function height(value: number, top: number): number {
  return BASE - ((BASE - TOP) * value) / top
}

const compact = new Intl.NumberFormat(LOCALE, { notation: 'compact' })

/** A number where there is no room for all of it: 10K. Where a language has no short form, as German for 2.000, all of it. */
export function shortNumber(value: number): string {
  const short = compact.format(value)
  return /^\d+$/.test(short) ? format.number(value) : short
}
