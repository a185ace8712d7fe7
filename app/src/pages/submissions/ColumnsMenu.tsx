import { t } from '#words/submissions'
import { Checkbox } from '../../kit/Checkbox.tsx'
import { Unfold } from '../../kit/Unfold.tsx'
import css from './ColumnsMenu.module.css'
import { hideable } from './columns.ts'
import type { FiltersInUrl } from './useFilters.ts'

/** Which columns the list has beside the board. */
export function ColumnsMenu({ filters, isAdmin }: { filters: FiltersInUrl; isAdmin: boolean }) {
  const { hide } = filters.value
  return (
    <Unfold label={t.shownColumns} icon="columns">
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
    </Unfold>
  )
}
