import { memo, useMemo } from 'react'
import { Button } from '#ui/Button.tsx'
import field from '#ui/form/Field.module.css'
import { Range } from '#ui/form/Slider.tsx'
import { type PlaybackControls, SPEEDS } from '../state/usePlayback.ts'
import { t } from '../words/en.ts'
import css from './Player.module.css'

/** Plays the route back: the buttons stick above the tab bar on phones, the slider and the speed do not. */
export const Player = memo(function Player({ at, jumps, isPlaying, speed, setSpeed, send }: PlaybackControls) {
  const words = t.player
  const press = useMemo(() => {
    const sends = (action: 'toStart' | 'stepBack' | 'stepOn' | 'playOrPause') => () => send(action)
    return { toStart: sends('toStart'), back: sends('stepBack'), on: sends('stepOn'), play: sends('playOrPause') }
  }, [send])
  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields of a form */}
      <div dir="ltr" className={css.deck} role="group" aria-label={words.label}>
        <Button square icon="first" aria-label={words.toStart} isDisabled={at === 0} onPress={press.toStart} />
        <Button square icon="back" aria-label={words.stepBack} isDisabled={at === 0} onPress={press.back} />
        <Button variant="primary" className={css.play} icon={isPlaying ? 'pause' : 'play'} onPress={press.play}>
          {isPlaying ? words.pause : words.play}
        </Button>
        <Button square icon="fwd" aria-label={words.stepOn} isDisabled={at === jumps} onPress={press.on} />
        <span className={css.at}>{words.at(at, jumps)}</span>
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: as above */}
      <div dir="ltr" className={css.run} role="group" aria-label={words.run}>
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
      </div>
    </>
  )
})
