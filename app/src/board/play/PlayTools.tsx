import type { Board } from '@jotc/core/board'
import { randomBoard } from '@jotc/core/random'
import clsx from 'clsx'
import { format } from '#i18n/format.ts'
import { Button } from '#ui/Button.tsx'
import { copyText } from '#ui/browser/clipboard.ts'
import { toast } from '#ui/feedback/toast.tsx'
import { Group } from '#ui/Group.tsx'
import layout from '#ui/layout.module.css'
import type { BoardState } from '../state/useBoard.ts'
import { SaveTool } from '../tools/BoardTools.tsx'
import consoleCss from '../tools/Console.module.css'
import toolCss from '../tools/Tool.module.css'
import { Tool } from '../tools/Tool.tsx'
import type { Game, Move } from './game.ts'
import css from './Play.module.css'
import { t } from './words/en.ts'

type PlayToolsProps = {
  state: BoardState
  game: Game
  send: (move: Move) => void
  isAcross: boolean
  writeAddress: () => void
}

/** Under a board that is played: what helps on the way, and once across, what to do with it. */
export function PlayTools(props: PlayToolsProps) {
  return props.isAcross ? <Across {...props} /> : <OnTheWay {...props} />
}

function OnTheWay({ state, game: { path }, send, writeAddress }: PlayToolsProps) {
  const isAtStart = path.length === 1
  return (
    <>
      <div className={clsx(layout.wrap, consoleCss.under)}>
        <div className={consoleCss.console}>
          <Group className={consoleCss.deck} aria-label={t.actions}>
            <Button className={css.tall} icon="hint" onPress={() => send('hint')}>
              {t.hint}
            </Button>
            <Button
              {...{ className: css.tall, variant: 'quiet', square: true, icon: 'undo', isDisabled: isAtStart }}
              aria-label={t.takeBack}
              onPress={() => send('takeBack')}
            />
            <Button
              {...{ className: css.tall, variant: 'quiet', icon: 'again', isDisabled: isAtStart }}
              onPress={() => send('restart')}
            >
              {t.again}
            </Button>
            <span className={css.soFar} aria-hidden="true">
              {t.total(path.length - 1).replace('{number}', format.number(path.length - 1))}
            </span>
          </Group>
          <div className={clsx(consoleCss.send, css.send)}>
            <Button icon="share" onPress={() => void shareLink(writeAddress)}>
              {t.shareLink}
            </Button>
            <Button variant="quiet" onPress={() => showAnswer(state)}>
              {t.showAnswer}
            </Button>
          </div>
        </div>
      </div>
      <div className={clsx(layout.wrap, toolCss.tools)}>
        <Tool heading={t.rules}>
          <p className={toolCss.text}>{t.rulesText}</p>
        </Tool>
        <div className={css.keyboard}>
          <Tool heading={t.keyboard}>
            <dl className={css.keys}>
              <dt>1</dt>
              <dd>{t.keyboardOne}</dd>
              <dt>2</dt>
              <dd>{t.keyboardTwo}</dd>
              <dt>H</dt>
              <dd>{t.keyboardHint}</dd>
            </dl>
          </Tool>
        </div>
        <Tool heading={t.own}>
          <p className={toolCss.text}>{t.ownText}</p>
          <div>
            <Button onPress={() => makeBoard(state)}>{t.make}</Button>
          </div>
        </Tool>
      </div>
    </>
  )
}

function Across({ state, game: { path }, send, writeAddress }: PlayToolsProps) {
  const { board, solution } = state
  const jumps = path.length - 1
  const isFewest = jumps === solution.total
  const playAnother = () => {
    // It may be the same one.
    send('restart')
    state.edit({ type: 'replace', board: anotherLike(board) })
  }
  const result = t.result(board.length, jumps, isFewest)
  const share = (
    <Button
      {...(isFewest && { variant: 'primary' })}
      key="share"
      icon="share"
      onPress={() => void shareResult(result, writeAddress)}
    >
      {t.shareResult}
    </Button>
  )
  const again = (
    <Button {...(!isFewest && { variant: 'primary' })} key="again" icon="again" onPress={() => send('restart')}>
      {t.tryAgain}
    </Button>
  )
  return (
    <>
      <div className={layout.wrap}>
        <Group className={css.next} aria-label={t.next}>
          {isFewest ? [share, again] : [again, share]}
          <Button onPress={() => showAnswer(state)}>{t.showRoute}</Button>
        </Group>
      </div>
      <div className={clsx(layout.wrap, toolCss.tools)}>
        <Tool heading={t.shared}>
          <p className={css.quote}>{result}</p>
          <p className={css.note}>{t.sharedNote}</p>
        </Tool>
        <SaveTool {...{ board, writeAddress }} isQuiet />
        <Tool heading={t.another}>
          <p className={toolCss.text}>{t.anotherText(board.length)}</p>
          <div>
            <Button icon="mix" onPress={playAnother}>
              {t.playAnother}
            </Button>
          </div>
        </Tool>
      </div>
    </>
  )
}

function showAnswer({ setMode }: BoardState) {
  setMode('draw')
  scrollTo(0, 0)
}

const NEW_SIZE = 20

/** Not the board that was played, whose answer nobody asked for. */
function makeBoard(state: BoardState) {
  state.edit({ type: 'replace', board: '0'.repeat(NEW_SIZE) as Board })
  showAnswer(state)
}

/** As long, with as many thunderheads and a way through. */
function anotherLike(board: Board): Board {
  const size = board.length
  const density = board.replaceAll('0', '').length / Math.max(1, size - 2)
  return randomBoard({ size, density, seed: Math.floor(Math.random() * 2 ** 32), solvable: true })
}

/** Copies the link to play the board. */
async function shareLink(writeAddress: () => void): Promise<void> {
  writeAddress()
  await copy(location.href, t.linkCopied, t.linkCopiedDetail)
}

/** By what the system shares with, where it has that; else the text and its link are copied. */
async function shareResult(text: string, writeAddress: () => void): Promise<void> {
  writeAddress()
  const url = location.href
  try {
    if (navigator.share) return await navigator.share({ text, url })
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return
  }
  await copy(`${text} ${url}`, t.resultCopied, t.resultCopiedDetail)
}

async function copy(text: string, title: string, detail: string): Promise<void> {
  if (await copyText(text)) toast.success({ title, detail })
  else toast.warning({ title: t.notCopied, detail: t.notCopiedDetail })
}
