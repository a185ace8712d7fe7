import type { Board } from '@jotc/core/board'
import { randomBoard } from '@jotc/core/random'
import { solve } from '@jotc/core/solver'
import clsx from 'clsx'
import { createRoot } from 'react-dom/client'
import { format } from '#i18n/format.ts'
import { APP_NAME } from '#i18n/words/en.ts'
import { Cloud } from '#sky/Cloud.tsx'
import css from './Worksheet.module.css'
import { t } from './words/en.ts'

/** Of a page of A4, in mm: what boards have of it, and what a row has beside its clouds, a board beside its rows. */
const PAGE = { width: 172, height: 225, index: 4, jumps: 9 }
/** Clouds in a row. */
const [FEW, MANY] = [10, 20]
const MOST_BOARDS = 10
const MOST_TRIES = 100

/** Prints the board and others like it to solve with a pencil, one page of them, and the answers on the next. */
export function printWorksheet(board: Board): void {
  const sheet = document.createElement('div')
  sheet.className = css.sheet as string
  document.body.append(sheet)
  const root = createRoot(sheet)
  root.render(<Worksheet boards={boardsLike(board)} />)
  const clear = () => {
    root.unmount()
    sheet.remove()
  }
  addEventListener('afterprint', clear, { once: true })
  print()
}

/** The board first, then random ones of its size with as many thunderheads, as far as the page goes. */
function boardsLike(board: Board): Board[] {
  const size = board.length
  const columns = size > FEW ? MANY : FEW
  const height = Math.ceil(size / columns) * (PAGE.width / columns + PAGE.index) + PAGE.jumps
  const count = Math.min(MOST_BOARDS, Math.max(1, Math.floor(PAGE.height / height)))
  const density = board.replaceAll('0', '').length / Math.max(1, size - 2)
  const boards = new Set([board])
  // Of short boards there may not be as many.
  for (let tries = 0; tries < MOST_TRIES && boards.size < count; tries++) {
    boards.add(randomBoard({ size, density, seed: Math.floor(Math.random() * 2 ** 32), solvable: true }))
  }
  return [...boards]
}

function Worksheet({ boards }: { boards: readonly Board[] }) {
  const words = t.worksheet
  return (
    <>
      <section>
        <header>
          <h1>{words.question}</h1>
          <p className={css.name}>{words.name}</p>
        </header>
        <p>{words.task}</p>
        <ol>
          {boards.map((board) => (
            <li key={board}>
              <div dir="ltr" className={clsx(css.board, board.length <= FEW && css.short)}>
                {[...Array.from(board).entries()].map(([index, cloud]) => (
                  <span key={index}>
                    <Cloud kind={cloud === '1' ? 'thunderhead' : 'cumulus'} />
                    {format.number(index)}
                  </span>
                ))}
              </div>
              <p className={css.jumps}>{words.jumps}</p>
            </li>
          ))}
        </ol>
        <p className={css.from}>{APP_NAME}</p>
      </section>
      <section>
        <h1>{words.answers}</h1>
        <p>{words.note}</p>
        <ol>
          {boards.map((board) => (
            <li key={board}>{answerTo(board)}</li>
          ))}
        </ol>
      </section>
    </>
  )
}

function answerTo(board: Board): string {
  const { total, route } = solve(board)
  return total === null ? t.worksheet.noRoute : t.worksheet.answer(total, Array.from(route, format.number).join(' → '))
}
