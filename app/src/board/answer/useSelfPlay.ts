import type { Board } from '@jotc/core/board'
import { useCallback, useState } from 'react'
import type { BoardState } from '../state/useBoard.ts'

/** A person's own way over the board: the clouds they stood on, and the last one they chose if no jump leads to it. */
export type SelfPlay = { path: readonly number[]; refused: number | undefined }

export type SelfPlayControls = {
  /** Undefined while the board is edited. */
  play: SelfPlay | undefined
  /** Stays the same function. */
  begin: () => void
  end: () => void
  jumpTo: (cloud: number) => void
  takeBack: () => void
}

/** Lets a person find the way themselves before they see the answer. Another board ends it. */
export function useSelfPlay({ board, latest }: BoardState): SelfPlayControls {
  const [state, setState] = useState<{ board: Board; play: SelfPlay }>()
  const play = state?.board === board ? state.play : undefined
  const set = (path: readonly number[], refused?: number) => setState({ board, play: { path, refused } })
  const begin = useCallback(
    () => setState({ board: latest.current.board, play: { path: [0], refused: undefined } }),
    [latest],
  )
  return {
    play,
    begin,
    end: () => setState(undefined),
    jumpTo(cloud) {
      if (!play) return
      const length = cloud - (play.path.at(-1) as number)
      if ((length === 1 || length === 2) && board[cloud] === '0') set([...play.path, cloud])
      else if (length !== 0) set(play.path, cloud)
    },
    takeBack: () => play && set(play.path.slice(0, Math.max(1, play.path.length - 1))),
  }
}
