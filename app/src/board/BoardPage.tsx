import type { Board } from '@jotc/core/board'
import type { Solution } from '@jotc/core/solver'
import { useCallback, useEffect, useState } from 'react'
import { Page } from '#ui/page/Page.tsx'
import { Boundary, fetchAhead, part, withPart } from '#ui/page/part.tsx'
import { useSettled } from '#ui/useSettled.ts'
import { Answer } from './answer/Answer.tsx'
import { useSelfPlay } from './answer/useSelfPlay.ts'
import { BoardGrid } from './grid/BoardGrid.tsx'
import type { BoardEdit } from './state/board-history.ts'
import { useAddress } from './state/useAddress.ts'
import { type BoardState, useBoard } from './state/useBoard.ts'
import { usePlayback } from './state/usePlayback.ts'
import { BoardTools, loadMoreTools } from './tools/BoardTools.tsx'
import { Console } from './tools/Console.tsx'
import { usePaste } from './tools/PasteTool.tsx'
import { loadRandom } from './tools/RandomTool.tsx'
import { t } from './words/en.ts'

// Seldom asked for, and so no part of the first load.
const loadSelfPlay = () => import('./answer/SelfPlayAnswer.tsx')
const loadRoutes = () => import('@jotc/core/routes')
const SelfPlayAnswer = part(loadSelfPlay)

const PAUSE_MS = 150

/**
 * Draw a board, see the fewest jumps at once, play the route back, keep it.
 *
 * An edit renders this page anew. What takes no `board` or `solution` stays as it is, as long as its other props do.
 */
export function BoardPage() {
  const edited = useBoard()
  const { board, solution, edit } = edited
  const settled = useSettled(board, PAUSE_MS)
  const replaceBoard = useCallback((board: Board) => edit({ type: 'replace', board }), [edit])
  const { shown, choose } = useRouteChoice(edited)
  const selfPlay = useSelfPlay(edited)
  const path = selfPlay.play?.path
  const playback = usePlayback(edited)
  const paste = usePaste(replaceBoard)
  const writeAddress = useAddress(edited)
  useShortcuts(edit, paste.takePasted)
  useEffect(() => fetchAhead([loadMoreTools, loadSelfPlay, loadRoutes, loadRandom]), [])
  const { send } = playback
  const { begin } = selfPlay
  const startSelfPlay = useCallback(() => {
    send('toStart')
    withPart(loadSelfPlay, begin)
  }, [send, begin])
  return (
    <>
      <Page
        title={t.title}
        sky={
          <>
            {selfPlay.play ? (
              <Boundary>
                <SelfPlayAnswer board={board} solution={solution} play={selfPlay.play} controls={selfPlay} />
              </Boundary>
            ) : (
              <Answer {...{ board, edit, choose }} solution={shown} />
            )}
            <p id="board-keys" hidden>
              {path ? t.selfPlayKeys : t.keys}
            </p>
            <p id="board-ends" hidden>
              {t.ends}
            </p>
            <BoardGrid
              state={{ ...edited, solution: path ? selfPlaySolution(path) : shown }}
              settled={settled}
              playback={path ? { ...playback, at: path.length - 1, moves: path.length } : playback}
              jumpTo={selfPlay.play && selfPlay.jumpTo}
            />
          </>
        }
      />
      {!path && <Console state={edited} {...{ playback, startSelfPlay, writeAddress }} />}
      <BoardTools {...{ board, settled, paste, replaceBoard, writeAddress }} solution={shown} />
    </>
  )
}

/** A person's own way so far, drawn as a route is. */
function selfPlaySolution(path: readonly number[]): Solution {
  return { solvable: true, total: path.length - 1, blockedAt: null, route: [...path] }
}

/**
 * Undo and redo by their keys, and paste onto the board, from anywhere on the page but its fields,
 * which have their own.
 */
function useShortcuts(edit: (edit: BoardEdit) => void, pasted: (text: string) => void): void {
  useEffect(() => {
    const keyDown = (event: KeyboardEvent) => {
      const type = editOf(event)
      if (type === undefined || isField(event.target)) return
      event.preventDefault()
      edit({ type })
    }
    const paste = (event: ClipboardEvent) => {
      const text = event.clipboardData?.getData('text/plain') ?? ''
      if (text === '' || isField(event.target)) return
      event.preventDefault()
      pasted(text)
    }
    document.addEventListener('keydown', keyDown)
    document.addEventListener('paste', paste)
    return () => {
      document.removeEventListener('keydown', keyDown)
      document.removeEventListener('paste', paste)
    }
  }, [edit, pasted])
}

function editOf({ key, ctrlKey, metaKey, shiftKey, altKey }: KeyboardEvent): 'undo' | 'redo' | undefined {
  if (altKey || !(ctrlKey || metaKey)) return undefined
  if (key.toLowerCase() === 'z') return shiftKey ? 'redo' : 'undo'
  return key.toLowerCase() === 'y' && !shiftKey ? 'redo' : undefined
}

const TEXT_FIELDS = 'textarea, [contenteditable], input:not([type="radio"], [type="checkbox"], [type="range"])'
const isField = (target: EventTarget | null) => target instanceof Element && target.matches(TEXT_FIELDS)

type RouteChoice = {
  /** The solution with the route that is shown. */
  shown: Solution
  /** Shows the optimal route after it, or the one before. */
  choose: (by: 1 | -1) => void
}

/** Which of the optimal routes is shown: at first the one that was found, for each board. */
function useRouteChoice({ board, solution, latest }: BoardState): RouteChoice {
  const [chosen, setChosen] = useState<{ board: Board; shown: Solution }>()
  const shown = chosen?.board === board ? chosen.shown : solution

  const choose = useCallback(
    (by: 1 | -1) =>
      withPart(loadRoutes, ({ neighbourRoute }) =>
        setChosen((last) => {
          const { board, solution } = latest.current
          const from = last?.board === board ? last.shown : solution
          return { board, shown: { ...from, route: neighbourRoute(board, from.route, by) } }
        }),
      ),
    [latest],
  )
  return { shown, choose }
}
