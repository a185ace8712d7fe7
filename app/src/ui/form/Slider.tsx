import clsx from 'clsx'
import type { ComponentProps } from 'react'
import { Field } from './Field.tsx'
import css from './Slider.module.css'

type SliderProps = {
  label: string
  value: number
  min: number
  max: number
  /** The value in words, such as “30 %”; shown beside the label and read out. */
  valueText: string
  onChange: (value: number) => void
  className?: string | undefined
}

export function Slider({ label, value, min, max, valueText, onChange, className }: SliderProps) {
  const shown = (
    <>
      {label}{' '}
      <span className={css.value} aria-hidden="true">
        {valueText}
      </span>
    </>
  )
  return (
    <Field
      label={shown}
      className={className}
      control={(props) => <Range {...{ value, min, max, valueText, onChange, ...props }} />}
    />
  )
}

type RangeProps = Pick<SliderProps, 'value' | 'min' | 'max' | 'valueText' | 'onChange'> &
  Omit<ComponentProps<'input'>, 'value' | 'onChange'>

/** A slider alone; what it is must be said beside it, or by `aria-label`. */
export function Range({ valueText, onChange, className, ...rest }: RangeProps) {
  return (
    <input
      type="range"
      className={clsx(css.slider, className)}
      {...rest}
      aria-valuetext={valueText}
      onChange={(event) => onChange(event.target.valueAsNumber)}
    />
  )
}
