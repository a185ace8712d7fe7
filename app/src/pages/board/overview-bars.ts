import type { Board } from '@jotc/core/board'

/** The share of thunderheads (0 to 1) in each of at most `most` equal parts of the board, in order. */
export function stormShares(board: Board, most: number): number[] {
  const count = Math.max(1, Math.min(board.length, most))
  return Array.from({ length: count }, (_, bar) => {
    const begin = Math.floor((bar * board.length) / count)
    const end = Math.floor(((bar + 1) * board.length) / count)
    let storms = 0
    for (let cloud = begin; cloud < end; cloud++) if (board.charCodeAt(cloud) === STORM) storms++
    return storms / (end - begin)
  })
}

const STORM = '1'.charCodeAt(0)
