import { t } from '#words/submissions'
import { Disclosure } from '../../kit/Disclosure.tsx'
import { Checkbox } from '../../kit/Field.tsx'
import { hideable } from './columns.ts'
import css from './SubmissionList.module.css'
import type { FiltersInUrl } from './useFilters.ts'

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
