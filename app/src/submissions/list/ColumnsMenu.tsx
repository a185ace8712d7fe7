import { Disclosure } from '#ui/Disclosure.tsx'
import { Checkbox } from '#ui/Field.tsx'
import type { FiltersInUrl } from '../useFilters.ts'
import { t } from '../words/en.ts'
import { hideable } from './columns.ts'
import css from './SubmissionList.module.css'

/** Which columns the list has beside the board. */
export function ColumnsMenu({ filters, isAdmin }: { filters: FiltersInUrl; isAdmin: boolean }) {
  const { hide } = filters.value
  return (
    <Disclosure label={t.shownColumns} icon="columns">
      {() => (
        <fieldset className={css.columns} aria-label={t.shownColumns}>
          {hideable(isAdmin).map((key) => (
            <Checkbox
              key={key}
              isSelected={!hide.includes(key)}
              onChange={(isShown) => filters.hide(isShown ? hide.filter((hidden) => hidden !== key) : [...hide, key])}
            >
              {t.columns[key]}
            </Checkbox>
          ))}
        </fieldset>
      )}
    </Disclosure>
  )
}
