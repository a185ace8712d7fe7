import { GregorianCalendar, parseDate } from '@internationalized/date'
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { I18nProvider } from 'react-aria/I18nProvider'
import { useDateField, useDateSegment } from 'react-aria/useDateField'
import { type DateFieldState, type DateSegment, useDateFieldState } from 'react-stately/useDateFieldState'
import { LOCALE } from '#i18n/format.ts'
import css from './DateSegments.module.css'
import { isRealDate, type TypedDate, typedDate } from './typed-date.ts'

type Labels = { 'aria-label'?: string; 'aria-labelledby'?: string; 'aria-describedby'?: string }

type DateSegmentsProps = {
  value: TypedDate
  onChange: (typed: TypedDate) => void
  onBlur?: () => void
  isInvalid?: boolean
} & Labels

const createCalendar = () => new GregorianCalendar()
/** The order, the separators and the digits of the person's locale; the calendar that the service speaks. */
const GREGORIAN = `${LOCALE}-u-ca-gregory`

/**
 * A date typed in parts, in the order of the person's locale: day, month and year are spin buttons.
 *
 * React Aria's parts, except that they would turn 31 February silently into the 28th when the focus leaves
 * (`confirmPlaceholder`), and already tell screen readers so (`value`). Here what was typed stays, for the form to
 * say what is wrong with it.
 */
export function DateSegments({ value, onChange, ...rest }: DateSegmentsProps) {
  const [known, setKnown] = useState({ value, version: 0 })
  // Changed by something else than typing in them, the segments start afresh.
  if (known.value !== value) setKnown({ value, version: known.version + 1 })
  function type(typed: TypedDate) {
    setKnown((last) => ({ ...last, value: typed }))
    onChange(typed)
  }
  return (
    <I18nProvider locale={LOCALE}>
      <Segments key={known.version} initial={value} onType={type} {...rest} />
    </I18nProvider>
  )
}

type SegmentsProps = Omit<DateSegmentsProps, 'value' | 'onChange'> & {
  /** The date at first; later changes come from typing alone. */
  initial: TypedDate
  onType: (typed: TypedDate) => void
}

function Segments({ initial, onType, onBlur, isInvalid = false, ...labels }: SegmentsProps) {
  const group = useRef<HTMLDivElement>(null)
  const props = { ...labels, isInvalid, shouldForceLeadingZeros: true, ...(onBlur && { onBlur }) }
  const fieldState = useDateFieldState({
    ...props,
    locale: GREGORIAN,
    createCalendar,
    defaultValue: isRealDate(initial) ? parseDate(initial) : null,
  })
  const typed = typedOf(fieldState.segments)
  const value = isRealDate(typed) ? fieldState.value : null
  const state: DateFieldState = { ...fieldState, value, confirmPlaceholder: () => undefined }
  const { fieldProps } = useDateField(props, state, group)

  const report = useEffectEvent(onType)
  const reported = useRef(initial)
  useEffect(() => {
    if (typed === reported.current) return
    reported.current = typed
    report(typed)
  }, [typed])

  return (
    <div {...fieldProps} ref={group} className={css.segments}>
      {state.segments.map((segment, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the segments of a locale never move
        <RadioOption key={place} segment={segment} state={state} />
      ))}
    </div>
  )
}

function RadioOption({ segment, state }: { segment: DateSegment; state: DateFieldState }) {
  const ref = useRef<HTMLSpanElement>(null)
  const { segmentProps } = useDateSegment(segment, state, ref)
  const look = segment.type === 'literal' ? css.literal : segment.isPlaceholder ? css.placeholder : css.segment
  return (
    <span {...segmentProps} ref={ref} className={look}>
      {segment.text}
    </span>
  )
}

function typedOf(segments: readonly DateSegment[]): TypedDate {
  const value = (type: DateSegment['type']) => {
    const segment = segments.find((candidate) => candidate.type === type)
    return segment === undefined || segment.isPlaceholder ? null : (segment.value ?? null)
  }
  return typedDate(value('year'), value('month'), value('day'))
}
