import type { Board } from '@jotc/core/board'

/** The share of thunderheads (0 to 1) in each of at most `most` equal parts of the board, in order. */
export function thunderheadShares(board: Board, most: number): number[] {
  const count = Math.max(1, Math.min(board.length, most))
  return Array.from({ length: count }, (_, bar) => {
    const begin = Math.floor((bar * board.length) / count)
    const end = Math.floor(((bar + 1) * board.length) / count)
    let thunderheads = 0
    for (let cloud = begin; cloud < end; cloud++) if (board.charCodeAt(cloud) === THUNDERHEAD) thunderheads++
    return thunderheads / (end - begin)
  })
}

const THUNDERHEAD = '1'.charCodeAt(0)
