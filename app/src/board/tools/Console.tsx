import clsx from 'clsx'
import { memo, useMemo } from 'react'
import { fill, format } from '#i18n/format.ts'
import { Button, type ButtonLook } from '#ui/Button.tsx'
import { copyText } from '#ui/browser/clipboard.ts'
import { toast } from '#ui/feedback/toast.tsx'
import field from '#ui/form/Field.module.css'
import { Range } from '#ui/form/Slider.tsx'
import { Group } from '#ui/Group.tsx'
import layout from '#ui/layout.module.css'
import { LONGEST_SHOWN_BOARD } from '../state/read-hash.ts'
import type { BoardState } from '../state/useBoard.ts'
import { type PlaybackControls, SPEEDS } from '../state/usePlayback.ts'
import { t } from '../words/en.ts'
import css from './Console.module.css'

type ConsoleProps = ShareProps & { state: BoardState; playback: PlaybackControls }

/** Under the board: what plays its route, what changes the board as a whole, and what to do with it. */
export function Console({ state, playback, play, writeAddress }: ConsoleProps) {
  const { board, past, future, edit } = state
  return (
    <div className={clsx(layout.wrap, css.under)}>
      <div className={css.console}>
        {playback.jumps > 0 && <Player {...playback} />}
        <Edits
          edit={edit}
          size={board.length}
          canUndo={past.length > 0}
          canRedo={future.length > 0}
          canClear={board.includes('1')}
        />
        <Share {...{ play, writeAddress }} />
      </div>
    </div>
  )
}

/** Plays the route back: the buttons stick above the tab bar on phones, the slider and the speed do not. */
const Player = memo(function Player({ at, jumps, isPlaying, speed, setSpeed, send }: PlaybackControls) {
  const words = t.player
  const press = useMemo(() => {
    const sends = (action: 'toStart' | 'stepBack' | 'stepOn' | 'playOrPause') => () => send(action)
    return { toStart: sends('toStart'), back: sends('stepBack'), on: sends('stepOn'), play: sends('playOrPause') }
  }, [send])
  return (
    <>
      <Group dir="ltr" className={css.deck} aria-label={words.label}>
        <Button square icon="first" aria-label={words.toStart} isDisabled={at === 0} onPress={press.toStart} />
        <Button square icon="back" aria-label={words.stepBack} isDisabled={at === 0} onPress={press.back} />
        <Button variant="primary" className={css.play} icon={isPlaying ? 'pause' : 'play'} onPress={press.play}>
          {isPlaying ? words.pause : words.play}
        </Button>
        <Button square icon="fwd" aria-label={words.stepOn} isDisabled={at === jumps} onPress={press.on} />
        <span className={css.at}>{words.at(at, jumps)}</span>
      </Group>
      <Group dir="ltr" className={css.run} aria-label={words.run}>
        <Range
          className={css.slider}
          aria-label={words.position}
          value={at}
          min={0}
          max={jumps}
          valueText={words.jump(at, jumps)}
          onChange={send}
        />
        <span className={field.field}>
          <select
            className={css.speed}
            aria-label={words.speed}
            value={speed}
            onChange={({ target }) => setSpeed(SPEEDS.find((known) => known === Number(target.value)) ?? 1)}
          >
            {SPEEDS.map((known) => (
              <option key={known} value={known}>
                {words.speeds[known]}
              </option>
            ))}
          </select>
        </span>
      </Group>
    </>
  )
})

type EditsProps = Pick<BoardState, 'edit'> & { size: number; canUndo: boolean; canRedo: boolean; canClear: boolean }

/** The size of the board, undo and redo, clear. Takes no board, so that a toggled cloud leaves it as it is. */
const Edits = memo(function Edits({ edit, size, canUndo, canRedo, canClear }: EditsProps) {
  const words = t.edit
  const tool = (
    type: 'shrink' | 'grow' | 'undo' | 'redo' | 'clear',
    label: string,
    isOn: boolean,
    look: Pick<ButtonLook, 'icon' | 'variant'>,
  ) => <Button square {...look} aria-label={label} isDisabled={!isOn} onPress={() => edit({ type })} />
  return (
    <Group className={css.board} aria-label={words.board}>
      <div className={css.size}>
        {tool('shrink', words.remove, size > 1, { icon: 'minus' })}
        <span className={css.count}>{fill(words.clouds(size), { number: <b>{format.number(size)}</b> })}</span>
        {tool('grow', words.add, size < LONGEST_SHOWN_BOARD, { icon: 'plus' })}
      </div>
      <div className={css.edits}>
        {tool('undo', words.undo, canUndo, { icon: 'undo', variant: 'quiet' })}
        {tool('redo', words.redo, canRedo, { icon: 'redo', variant: 'quiet' })}
        {tool('clear', words.clear, canClear, { icon: 'clear', variant: 'quiet' })}
      </div>
    </Group>
  )
})

type ShareProps = {
  play: () => void
  /** Puts the board into the address at once. */
  writeAddress: () => void
}

const Share = memo(function Share({ play, writeAddress }: ShareProps) {
  return (
    <div className={css.send}>
      <Button onPress={play}>{t.edit.selfPlay}</Button>
      <Button icon="share" onPress={() => void shareLink(writeAddress)}>
        {t.edit.share}
      </Button>
    </div>
  )
})

/** Copies the link to the board and says so; where the browser does not allow it, says where else the link is. */
async function shareLink(writeAddress: () => void): Promise<void> {
  writeAddress()
  if (await copyText(location.href)) toast.success({ title: t.edit.copied, detail: t.edit.copiedDetail })
  else toast.warning({ title: t.edit.notCopied, detail: t.edit.notCopiedDetail })
}
