import { type Board, BoardError, LONGEST_RECORDED_BOARD } from '@jotc/core/board'
import { boardFromLink, boardToLink } from '@jotc/core/link'
import { movesOf } from '@jotc/core/solver'
import { useCallback } from 'react'
import { tabStorage } from '#api/storage.ts'
import { createStore, useStore } from '#ui/store.ts'
import { AT_START, type Game, type Move, makeMove } from './game.ts'

type Played = {
  board: Board
  game: Game
  /** The last way that led across the board. */
  across?: readonly number[]
}

const KEY = 'played'

/** Kept while the person is on another page of the app, such as sign-in, and when the page is reloaded. */
const played = createStore(gameBeforeReload())

addEventListener('pagehide', () => {
  const last = played.get()
  if (last && last.board.length <= LONGEST_RECORDED_BOARD) tabStorage.set(KEY, textOf(last))
})

/** The board and the length of each jump. */
function textOf({ board, game: { path } }: Played): string {
  return `${boardToLink(board)} ${movesOf(path)
    .map(({ from, to }) => to - from)
    .join('')}`
}

function gameBeforeReload(): Played | undefined {
  const [link = '', jumps = ''] = (tabStorage.get(KEY) ?? '').split(' ')
  try {
    const board = boardFromLink(link)
    return Array.from(jumps, (jump) => (jump === '1' ? 'one' : 'two') satisfies Move).reduce(
      (last: Played, move) => afterMove(last, move),
      { board, game: AT_START },
    )
  } catch (error) {
    if (error instanceof BoardError) return undefined
    throw error
  }
}

function afterMove({ board, game: before, across: last }: Played, move: Move): Played {
  const game = makeMove(before, move, board)
  const across = game.path.at(-1) === board.length - 1 ? game.path : last
  return { board, game, ...(across && { across }) }
}

/** Another board is a new game. */
export function useGame(board: Board): { game: Game; send: (move: Move) => void } {
  const last = useStore(played)
  const send = useCallback(
    (move: Move) => {
      const last = played.get()
      played.set(afterMove(last?.board === board ? last : { board, game: AT_START }, move))
    },
    [board],
  )
  return { game: last?.board === board ? last.game : AT_START, send }
}

/** The way by which a person got across this board, if they did. */
export function usePlayed(board: Board): readonly number[] | undefined {
  const last = useStore(played)
  return last?.board === board ? last.across : undefined
}
