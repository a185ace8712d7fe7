import type { Board } from '@jotc/core/board'
import { memo, useState } from 'react'
import { Button } from '#ui/Button.tsx'
import { Checkbox } from '#ui/form/Field.tsx'
import { NumberField } from '#ui/form/NumberField.tsx'
import { Slider } from '#ui/form/Slider.tsx'
import { withPart } from '#ui/page/part.tsx'
import { LONGEST_SHOWN_BOARD } from '../state/read-hash.ts'
import { t } from '../words/en.ts'
import css from './Tool.module.css'
import { Tool } from './Tool.tsx'

export const loadRandom = () => import('@jotc/core/random')

const DENSEST_PERCENT = 60
const MOST_SEEDS = 1_000_000

/** The seed that is shown makes the board that is shown once more. */
const randomSeed = () => Math.floor(Math.random() * MOST_SEEDS)

type RandomToolProps = { currentSize: number; replaceBoard: (board: Board) => void }

/** Random boards: how many clouds, how many of them thunderheads, and whether there is a way through. */
export const RandomTool = memo(function RandomTool({ currentSize, replaceBoard }: RandomToolProps) {
  const [chosenSize, setSize] = useState<number>()
  const [percent, setPercent] = useState(30)
  const [solvable, setSolvable] = useState(true)
  const [{ seed, isChosen }, setSeed] = useState(() => ({ seed: randomSeed(), isChosen: false }))
  const size = chosenSize ?? currentSize

  function make() {
    const next = isChosen ? seed : randomSeed()
    setSeed({ seed: next, isChosen: false })
    const choices = { size, density: percent / 100, seed: next, solvable }
    withPart(loadRandom, ({ randomBoard }) => replaceBoard(randomBoard(choices)))
  }
  return (
    <Tool heading={t.random.heading}>
      <div className={css.choices}>
        <NumberField
          className={css.size}
          label={t.random.size}
          value={size}
          min={1}
          max={LONGEST_SHOWN_BOARD}
          onChange={setSize}
        />
        <Slider
          className={css.density}
          label={t.random.density}
          value={percent}
          min={0}
          max={DENSEST_PERCENT}
          valueText={t.random.percent(percent)}
          onChange={setPercent}
        />
      </div>
      <Checkbox isSelected={solvable} onChange={setSolvable}>
        {t.random.leaveRoute}
      </Checkbox>
      <div className={css.row}>
        <Button icon="mix" onPress={make}>
          {t.random.make}
        </Button>
        <details className={css.seed}>
          <summary>{t.random.seed}</summary>
          <NumberField
            className={css.size}
            label={t.random.seed}
            value={seed}
            min={0}
            max={MOST_SEEDS - 1}
            onChange={(seed) => setSeed({ seed, isChosen: true })}
          />
        </details>
      </div>
    </Tool>
  )
})
