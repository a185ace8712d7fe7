import { Button } from '#ui/Button.tsx'
import { RadioGroup } from '#ui/RadioGroup.tsx'
import { Range } from '#ui/Slider.tsx'
import { type PlaybackControls, SPEEDS } from '../state/usePlayback.ts'
import { t } from '../words/en.ts'
import css from './Player.module.css'

/** Plays the route back: the buttons stick above the tab bar on phones, the speed does not. */
export function Player({ playback }: { playback: PlaybackControls }) {
  const { at, jumps, isPlaying, speed, setSpeed, send } = playback
  const words = t.player
  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields of a form */}
      <div dir="ltr" className={css.deck} role="group" aria-label={words.label}>
        <Button square icon="first" aria-label={words.toStart} isDisabled={at === 0} onPress={() => send('toStart')} />
        <Button square icon="back" aria-label={words.stepBack} isDisabled={at === 0} onPress={() => send('stepBack')} />
        <Button
          variant="primary"
          className={css.play}
          icon={isPlaying ? 'pause' : 'play'}
          onPress={() => send('playOrPause')}
        >
          {isPlaying ? words.pause : words.play}
        </Button>
        <Button square icon="fwd" aria-label={words.stepOn} isDisabled={at === jumps} onPress={() => send('stepOn')} />
        <span className={css.at}>{words.at(at, jumps)}</span>
      </div>
      <Range
        dir="ltr"
        className={css.scrub}
        aria-label={words.position}
        value={at}
        min={0}
        max={jumps}
        valueText={words.at(at, jumps)}
        onChange={send}
      />
      <RadioGroup
        label={words.speed}
        labelPlace="beside"
        options={SPEEDS.map((value) => ({ value: `${value}` as const, label: words.speeds[value] }))}
        value={`${speed}`}
        onChange={(value) => setSpeed(SPEEDS.find((known) => `${known}` === value) ?? 1)}
      />
    </>
  )
}
