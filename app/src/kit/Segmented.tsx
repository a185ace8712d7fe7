import clsx from 'clsx'
import { useId } from 'react'
import { Icon, type IconName } from './Icon.tsx'
import layout from './layout.module.css'
import css from './Segmented.module.css'

export type Segment<Value extends string> = { value: Value; label: string; icon?: IconName }

type SegmentedProps<Value extends string> = {
  label: string
  /** Where the label is seen; `hidden` leaves it to screen readers. */
  labelPlace?: 'hidden' | 'above' | 'beside'
  segments: readonly Segment<Value>[]
  value: Value
  onChange: (value: Value) => void
}

/** A choice of one among a few, all of them seen: native radio buttons in one frame. */
export function Segmented<Value extends string>(props: SegmentedProps<Value>) {
  const name = useId()
  const place = props.labelPlace ?? 'hidden'
  return (
    <div className={css[place]}>
      {place !== 'hidden' && (
        <span className={css.label} aria-hidden="true">
          {props.label}
        </span>
      )}
      <fieldset className={css.frame}>
        <legend className={layout.hidden}>{props.label}</legend>
        {props.segments.map(({ value, label, icon }) => (
          <label key={value} title={icon && label}>
            <input
              type="radio"
              name={name}
              value={value}
              checked={value === props.value}
              onChange={() => props.onChange(value)}
            />
            {icon && <Icon name={icon} />}
            <span className={clsx(icon && layout.hidden)}>{label}</span>
          </label>
        ))}
      </fieldset>
    </div>
  )
}
