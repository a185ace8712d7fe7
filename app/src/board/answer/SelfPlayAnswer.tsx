import type { Board } from '@jotc/core/board'
import type { Solution } from '@jotc/core/solver'
import { fill, format } from '#i18n/format.ts'
import { Button } from '#ui/Button.tsx'
import css from './Answer.module.css'
import type { SelfPlay, SelfPlayControls } from './useSelfPlay.ts'
import { t } from './words/en.ts'

type SelfPlayAnswerProps = { board: Board; solution: Solution; play: SelfPlay; controls: SelfPlayControls }

/** In place of the answer, while a person looks for the way: how many jumps they took, and at the end the verdict. */
export default function SelfPlayAnswer({ board, solution, play, controls }: SelfPlayAnswerProps) {
  const jumps = play.path.length - 1
  const isAcross = play.path.at(-1) === board.length - 1
  return (
    <div className={css.answer}>
      <div>
        <h1>{t.heading}</h1>
        <p className={css.figure}>
          {fill(isAcross ? t.total(jumps) : t.soFar(jumps), { number: <b>{format.number(jumps)}</b> })}
        </p>
        <p className={css.reason} role="status">
          {messageFor(board, solution, play)}
        </p>
        <div className={css.ways}>
          <Button icon="undo" isDisabled={jumps === 0} onPress={controls.takeBack}>
            {t.takeBack}
          </Button>
          <Button isDisabled={jumps === 0} onPress={controls.begin}>
            {t.again}
          </Button>
          <Button variant="primary" onPress={controls.end}>
            {t.showAnswer}
          </Button>
        </div>
      </div>
    </div>
  )
}

const HINT = matchMedia('(pointer: coarse)').matches ? t.tap : t.choose

/** What there is to say: a jump that cannot be, the verdict, or what to do. */
function messageFor(board: Board, { total, blockedAt }: Solution, { path, refused }: SelfPlay): string {
  const cloud = path.at(-1) as number
  const jumps = path.length - 1
  if (cloud === board.length - 1 && total !== null) return jumps === total ? t.best : t.slower(total)
  if (blockedAt !== null && cloud === blockedAt - 1) return t.blocked
  if (refused === undefined) return jumps === 0 ? HINT : t.on(cloud)
  if (refused < cloud) return t.backwards
  return refused - cloud > 2 ? t.tooFar : t.thunderhead
}
