import type { Board } from './board.ts'

export type RandomBoardOptions = {
  /** Clouds on the board, 1 or more. */
  size: number
  /** Share of thunderheads among the clouds between the first and the last, 0 to 1. */
  density: number
  /** The same seed gives the same board on every machine. Any whole number; its low 32 bits count. */
  seed: number
  /** Never puts two thunderheads side by side. Past about one half, the density is what fits. */
  solvable: boolean
}

/**
 * A board with exactly the asked share of thunderheads (rounded to whole clouds), each such board
 * equally likely. Linear in `size`.
 */
export function randomBoard({ size, density, seed, solvable }: RandomBoardOptions): Board {
  const clouds = new Uint8Array(size)
  const inner = Math.max(0, size - 2)
  const room = solvable ? Math.ceil(inner / 2) : inner
  const thunderheads = Math.min(room, Math.round(inner * density))
  // k of m places without neighbours are k of m-k+1 places, each followed by a free one.
  const places = solvable ? inner - thunderheads + 1 : inner
  const random = mulberry32(seed)
  for (let place = 0, chosen = 0; chosen < thunderheads; place++) {
    if (random() * (places - place) >= thunderheads - chosen) continue
    clouds[1 + place + (solvable ? chosen : 0)] = 1
    chosen++
  }
  return Array.from(clouds).join('') as Board
}

/** Tommy Ettinger's mulberry32: 32 bits of state, numbers in [0, 1), the same everywhere. */
function mulberry32(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
