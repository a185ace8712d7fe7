import { parseDate } from '@internationalized/date'
import type { RefObject } from 'react'
import { I18nProvider } from 'react-aria/I18nProvider'
import { Button } from 'react-aria-components/Button'
import { Dialog } from 'react-aria-components/Dialog'
import { Heading } from 'react-aria-components/Heading'
import { Popover } from 'react-aria-components/Popover'
import { CalendarCell, CalendarGrid, RangeCalendar } from 'react-aria-components/RangeCalendar'
import { LOCALE } from '#i18n/format.ts'
import { Icon } from '#ui/Icon.tsx'
import { isRealDate, type TypedDate } from '#ui/typed-date.ts'
import css from './CalendarPopover.module.css'
import { t } from './words/en.ts'

type Span = { from: TypedDate; to: TypedDate }
type CalendarPopoverProps = Span & {
  anchor: RefObject<HTMLElement | null>
  onChoose: (span: Span) => void
  onClose: () => void
}

/** A month to choose a span of days from: the first day, then the last. */
export default function CalendarPopover({ from, to, anchor, onChoose, onClose }: CalendarPopoverProps) {
  const isSpan = isRealDate(from) && isRealDate(to) && from <= to
  return (
    <I18nProvider locale={LOCALE}>
      <Popover
        className={css.popover ?? ''}
        triggerRef={anchor}
        placement="bottom end"
        isOpen
        isNonModal
        onOpenChange={(isOpen) => isOpen || onClose()}
      >
        <Dialog aria-label={t.sentBetween} className={css.dialog ?? ''}>
          <RangeCalendar
            aria-label={t.sentBetween}
            defaultValue={isSpan ? { start: parseDate(from), end: parseDate(to) } : null}
            onChange={({ start, end }) => onChoose({ from: start.toString(), to: end.toString() })}
            autoFocus
          >
            <div className={css.head}>
              <Button slot="previous" className={css.turn ?? ''} aria-label={t.span.previousMonth}>
                <Icon name="prev" />
              </Button>
              <Heading className={css.month ?? ''} />
              <Button slot="next" className={css.turn ?? ''} aria-label={t.span.nextMonth}>
                <Icon name="next" />
              </Button>
            </div>
            <CalendarGrid className={css.grid ?? ''}>
              {(day) => <CalendarCell date={day} className={css.day ?? ''} />}
            </CalendarGrid>
          </RangeCalendar>
        </Dialog>
      </Popover>
    </I18nProvider>
  )
}
