import type { Board } from '@jotc/core/board'
import { bestJump, reasonFor } from '@jotc/core/reason'
import { useEffect, useLayoutEffect } from 'react'
import { fill, format } from '#i18n/format.ts'
import layout from '#ui/layout.module.css'
import { Page } from '#ui/page/Page.tsx'
import { useSettled } from '#ui/useSettled.ts'
import answer from '../answer/Answer.module.css'
import { Legend } from '../answer/Answer.tsx'
import { BoardGrid } from '../grid/BoardGrid.tsx'
import type { BoardState } from '../state/useBoard.ts'
import { editOf, isTextField } from '../state/useShortcuts.ts'
import { t as why } from '../why/words/en.ts'
import { type Game, jumpsAhead, type Move } from './game.ts'
import css from './Play.module.css'
import { PlayTools } from './PlayTools.tsx'
import { useGame } from './useGame.ts'
import { t } from './words/en.ts'

export type PlayBoardProps = {
  state: BoardState
  /** Puts the board into the address at once. */
  writeAddress: () => void
  /** The person asked to play, and did not come by a link. */
  takesFocus: boolean
}

const PAUSE_MS = 150

/** The board without its answer: a person looks for the way themselves, until they are across or give up. */
export default function PlayBoard({ state, writeAddress, takesFocus }: PlayBoardProps) {
  const { board, solution } = state
  const { game, send } = useGame(board)
  const { path } = game
  const jumps = path.length - 1
  const isAcross = path.at(-1) === board.length - 1
  useKeys(send)
  // Before the first paint, so that the first key is a jump; a cloud follows once the board is laid out.
  useLayoutEffect(() => {
    if (takesFocus) document.querySelector<HTMLElement>('[role="toolbar"]')?.focus({ preventScroll: true })
  }, [takesFocus])
  useEffect(() => {
    // Come by a link, a person with a keyboard can begin at once; after another page the heading has the focus.
    const isNew = document.activeElement === document.body && matchMedia('(pointer: fine)').matches
    if (!takesFocus && !isNew) return
    document.querySelector<HTMLElement>('[data-cloud][tabindex="0"]')?.focus({ preventScroll: true })
    scrollTo(0, 0)
  }, [takesFocus])

  const sentence = isAcross ? verdict(jumps, solution.total ?? 0) : sentenceFor(board, game)
  const total = isAcross ? t.total(jumps) : t.soFar(jumps)
  return (
    <>
      <Page
        title={t.title}
        sky={
          <>
            <div className={answer.answer}>
              <div>
                <h1 className={css.question} data-across={isAcross || undefined}>
                  {isAcross ? t.across : t.heading}
                </h1>
                <p className={answer.figure}>{fill(total, { number: <b>{format.number(jumps)}</b> })}</p>
              </div>
              <Legend />
            </div>
            <p className={css.sentence} data-across={isAcross || undefined}>
              <span>{sentence ?? HINT}</span>
            </p>
            <output className={layout.hidden} aria-live="polite">
              {announcement({ game, isAcross, sentence, total: total.replace('{number}', format.number(jumps)) })}
            </output>
            <p id="board-keys" hidden>
              {t.keys}
            </p>
            <BoardGrid
              state={{ ...state, solution: { solvable: true, total: jumps, blockedAt: null, route: path } }}
              settled={useSettled(board, PAUSE_MS)}
              playback={{ at: jumps, moves: jumps, isPlaying: false, speed: 1 }}
              play={{ jumpTo: send, ...jumpsAhead(board, game) }}
            />
          </>
        }
      />
      <PlayTools {...{ state, game, send, isAcross, writeAddress }} />
    </>
  )
}

const HINT = matchMedia('(pointer: coarse)').matches ? t.tap : t.choose

function verdict(jumps: number, fewest: number): string {
  return jumps === fewest ? t.best : t.slower(fewest)
}

/** What a person on the way is told: a hint, or why they did not move. Undefined where there is nothing of their own. */
function sentenceFor(board: Board, { path, asked }: Game): string | undefined {
  const cloud = path.at(-1) as number
  const best = bestJump(board, cloud)
  if (best === undefined) return t.blocked
  if (asked === undefined) return undefined
  if (asked === 'hint') return why.reasons[reasonFor(board, cloud, cloud + best)](cloud)
  if (asked.cloud < cloud) return t.backwards
  return asked.cloud - cloud > 2 ? t.tooFar : t.thunderhead
}

type Announced = { game: Game; isAcross: boolean; sentence: string | undefined; total: string }

/** For a screen reader, which is told of each jump what the eye sees. */
function announcement({ game: { path }, isAcross, sentence, total }: Announced): string {
  if (isAcross) return `${t.across}. ${total}. ${sentence}`
  return sentence ?? (path.length > 1 ? `${t.on(path.at(-1) as number)} ${total}.` : '')
}

/**
 * Keys of the board and its buttons. Those of one letter work only while the focus is in them, or speech input would
 * jump by what is said elsewhere (WCAG 2.1.4).
 */
function useKeys(send: (move: Move) => void): void {
  useLayoutEffect(() => {
    const keyDown = (event: KeyboardEvent) => {
      if (isTextField(event.target)) return
      const isInBoard = (event.target as Element).closest('[role="toolbar"], [role="group"]') !== null
      const move = editOf(event) === 'undo' ? 'takeBack' : isInBoard && moveOf(event)
      if (!move) return
      event.preventDefault()
      send(move)
    }
    document.addEventListener('keydown', keyDown)
    return () => document.removeEventListener('keydown', keyDown)
  }, [send])
}

function moveOf({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): Move | undefined {
  if (ctrlKey || metaKey || altKey) return undefined
  if (key === '1') return 'one'
  if (key === '2') return 'two'
  return key.toLowerCase() === 'h' ? 'hint' : undefined
}
