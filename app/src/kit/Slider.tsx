import { Field } from './Field.tsx'
import css from './Slider.module.css'

type SliderProps = {
  label: string
  value: number
  min: number
  max: number
  step?: number
  /** The value in words, such as “30 %”; shown beside the label and read out. */
  valueText: string
  onChange: (value: number) => void
  className?: string | undefined
}

export function Slider({ label, value, min, max, step = 1, valueText, onChange, className }: SliderProps) {
  const shown = (
    <>
      {label} <span className={css.value}>{valueText}</span>
    </>
  )
  return (
    <Field
      label={shown}
      className={className}
      control={(tied) => (
        <input
          type="range"
          className={css.slider}
          {...{ value, min, max, step, ...tied }}
          aria-valuetext={valueText}
          onChange={(event) => onChange(event.target.valueAsNumber)}
        />
      )}
    />
  )
}
