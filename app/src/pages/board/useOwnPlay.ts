import type { Board } from '@jotc/core/board'
import { useState } from 'react'

/** A person's own way over the board: the clouds they stood on, and the last one they chose if no jump leads to it. */
export type OwnPlay = { path: readonly number[]; refused: number | undefined }

export type OwnPlayControls = {
  /** Undefined while the board is edited. */
  play: OwnPlay | undefined
  begin: () => void
  end: () => void
  jumpTo: (cloud: number) => void
  takeBack: () => void
}

/** Lets a person find the way themselves before they see the answer. Another board ends it. */
export function useOwnPlay(board: Board): OwnPlayControls {
  const [of, setOf] = useState<{ board: Board; play: OwnPlay }>()
  const play = of?.board === board ? of.play : undefined
  const set = (path: readonly number[], refused?: number) => setOf({ board, play: { path, refused } })
  return {
    play,
    begin: () => set([0]),
    end: () => setOf(undefined),
    jumpTo(cloud) {
      if (!play) return
      const length = cloud - (play.path.at(-1) as number)
      if ((length === 1 || length === 2) && board[cloud] === '0') set([...play.path, cloud])
      else if (length !== 0) set(play.path, cloud)
    },
    takeBack: () => play && set(play.path.slice(0, Math.max(1, play.path.length - 1))),
  }
}
