import clsx from 'clsx'
import { useId } from 'react'
import { Icon, type IconName } from '#ui/Icon.tsx'
import layout from '#ui/layout.module.css'
import css from './RadioGroup.module.css'

export type RadioOption<Value extends string> = { value: Value; label: string; icon?: IconName }

type RadioGroupProps<Value extends string> = {
  label: string
  /** Where the label is seen; `hidden` leaves it to screen readers. */
  labelPlace?: 'hidden' | 'above' | 'beside'
  options: readonly RadioOption<Value>[]
  /** Undefined where none is chosen. */
  value: Value | undefined
  onChange: (value: Value) => void
}

/** A choice of one among a few, all of them seen: native radio buttons in one frame. */
export function RadioGroup<Value extends string>(props: RadioGroupProps<Value>) {
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
        {props.options.map(({ value, label, icon }) => (
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
