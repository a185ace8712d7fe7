import { type Board, BoardError, boardFaultText, LONGEST_RECORDED_BOARD, parseBoard } from '@jotc/core/board'
import { readsBody } from '../plugins/input.ts'

/** The body of a board to solve, read by `parseBoard`. */
export const readsBoard = readsBody<{ clouds: Board }>(['clouds'], ({ clouds }) => {
  try {
    return { value: { clouds: parseBoard(clouds, LONGEST_RECORDED_BOARD) } }
  } catch (error) {
    if (!(error instanceof BoardError)) throw error
    return { errors: [{ field: 'clouds', message: boardFaultText(error.fault) }] }
  }
})
