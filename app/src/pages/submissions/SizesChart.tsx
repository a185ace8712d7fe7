import { t } from '#words/distribution'
import { format } from '../../kit/format.ts'
import { scaleTop } from './bars.ts'
import chart from './PerDayChart.module.css'
import css from './SizesChart.module.css'
import { type Bin, binsOf } from './size-bins.ts'

const WIDTH = 600
const HEIGHT = 168
const TOP = 8
const BASE = 167
const GAP = 10

type SizesChartProps = { sizes: Parameters<typeof binsOf>[0] }

/** How many boards there are of which size, drawn as the days are. */
export function SizesChart({ sizes }: SizesChartProps) {
  const bins = binsOf(sizes)
  const most = bins.toSorted((a, b) => countOf(b) - countOf(a))[0]
  if (!most) return null
  const top = scaleTop(countOf(most))
  const { from, to } = written(most)
  return (
    <figure className={chart.figure}>
      <figcaption>
        <h2>{t.sizes}</h2>
      </figcaption>
      <div className={chart.plotBox}>
        {[top, top / 2].map((value) => (
          <span key={value} aria-hidden="true" style={{ top: height(value, top) }}>
            {format.number(value)}
          </span>
        ))}
        <svg className={chart.plot} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" role="img">
          <title>{t.summary(t.sizes, from, to, format.number(countOf(most)))}</title>
          {[1, 0.75, 0.5, 0.25].map((share) => (
            <line
              key={share}
              className={chart.grid}
              x2={WIDTH}
              y1={height(share, 1) + 0.5}
              y2={height(share, 1) + 0.5}
            />
          ))}
          {bins.map((bin, place) => (
            <Column key={bin.to} bin={bin} x={(place * WIDTH) / bins.length} width={WIDTH / bins.length} top={top} />
          ))}
          <line className={chart.base} x2={WIDTH} y1={BASE + 0.5} y2={BASE + 0.5} />
        </svg>
      </div>
      <div className={css.ticks} aria-hidden="true">
        {bins.map((bin) => (
          <span key={bin.to}>{t.upTo(format.compact(bin.to))}</span>
        ))}
      </div>
    </figure>
  )
}

function Column({ bin, x, width, top }: { bin: Bin; x: number; width: number; top: number }) {
  const { solvable, blocked } = bin
  const middle = height(solvable, top)
  const upper = height(solvable + blocked, top)
  const { from, to } = written(bin)
  const place = { x: x + GAP / 2, width: width - GAP }
  return (
    <g>
      <title>{t.ofSpan(from, to, format.number(solvable), format.number(blocked))}</title>
      {solvable > 0 && <rect className={chart.solvable} {...place} y={middle} height={BASE - middle} />}
      {blocked > 0 && <rect className={chart.blocked} {...place} y={upper} height={Math.max(2, middle - upper - 2)} />}
    </g>
  )
}

function countOf({ solvable, blocked }: Bin): number {
  return solvable + blocked
}

function written({ from, to }: Bin): { from: string; to: string } {
  return { from: format.number(from), to: format.number(to) }
}

/** Where a value stands in the plot, from its upper edge. */
function height(value: number, top: number): number {
  return BASE - ((BASE - TOP) * value) / top
}
