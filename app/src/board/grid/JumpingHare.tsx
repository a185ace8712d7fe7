import { type CSSProperties, memo, useLayoutEffect, useRef } from 'react'
import { Hare } from '#sky/Hare.tsx'
import css from './BoardGrid.module.css'
import type { Layout } from './layout.ts'

const JUMP_MS = 400
const LEAN = 22
const FRAMES = 16

type JumpingHareProps = {
  /** The cloud it stands on. */
  cloud: number
  layout: Layout
  /** Changes with each move of the playback; the hare flies then, and not when the board is edited. */
  moves: number
  speed: number
}

/** The hare. A jump within a row is a flight; to another row it does not fly but appears. */
export const JumpingHare = memo(function JumpingHare({ cloud, layout, moves, speed }: JumpingHareProps) {
  const hare = useRef<SVGSVGElement>(null)
  const last = useRef({ cloud, moves })

  useLayoutEffect(() => {
    const before = last.current
    last.current = { cloud, moves }
    const length = Math.abs(cloud - before.cloud)
    const isJump = moves !== before.moves && (length === 1 || length === 2)
    const isSameRow = Math.floor(cloud / layout.columns) === Math.floor(before.cloud / layout.columns)
    if (!isJump || !isSameRow || matchMedia('(prefers-reduced-motion: reduce)').matches) return
    for (const flight of hare.current?.getAnimations() ?? []) flight.cancel()
    hare.current?.animate(flightFrames(spot(before.cloud, layout), spot(cloud, layout), length * layout.tile * RISE), {
      duration: JUMP_MS / speed,
      easing: 'cubic-bezier(.3, .7, .2, 1)',
    })
  }, [cloud, moves, layout, speed])

  const { x, y } = spot(cloud, layout)
  const style: CSSProperties = { transform: `translate(${x}px, ${y}px)` }
  return <Hare ref={hare} className={css.hare} style={style} data-at={cloud} />
})

/** Of the way: a jump of one rises .38 tiles, a jump of two .72. */
const RISE = 0.365

type Spot = { x: number; y: number }

function spot(cloud: number, { columns, tile, rowHeight }: Layout): Spot {
  return { x: (cloud % columns) * tile, y: Math.floor(cloud / columns) * rowHeight }
}

/** Along the arc, leaning up at first and down at the end. */
function flightFrames(from: Spot, to: Spot, rise: number): Keyframe[] {
  const direction = to.x > from.x ? 1 : -1
  const frames = Array.from({ length: FRAMES + 1 }, (_, frame) => {
    const done = frame / FRAMES
    const x = from.x + (to.x - from.x) * done
    const y = from.y - 4 * rise * done * (1 - done)
    return { transform: `translate(${x}px, ${y}px) rotate(${direction * LEAN * (2 * done - 1)}deg)` }
  })
  return [...frames, { transform: `translate(${to.x}px, ${to.y}px) rotate(0deg)` }]
}
