import { t } from '#words/people'
import { failureOf } from '../../kit/api-errors.ts'
import { Button } from '../../kit/Button.tsx'
import { TextField } from '../../kit/Field.tsx'
import { LoadingBar } from '../../kit/LoadingBar.tsx'
import { Note } from '../../kit/Note.tsx'
import { useSettled } from '../../kit/useSettled.ts'
import css from './People.module.css'
import { PeopleList } from './PeopleList.tsx'
import { useFilters } from './useFilters.ts'
import { usePeople } from './usePeople.ts'

/** The search and the list; or why it is not there. */
export function People({ ownId }: { ownId: string }) {
  const filters = useFilters()
  const people = usePeople(useSettled(filters.value, ({ search }) => search))
  const failure = people.error && !people.isFetching ? failureOf(people.error) : undefined
  return (
    <div className={css.people}>
      {people.isFetching && <LoadingBar label={t.loading} />}
      <search className={css.bar} aria-label={t.filters}>
        <TextField
          className={css.find}
          label={t.find}
          placeholder={t.findHint}
          autoComplete="off"
          spellCheck={false}
          maxLength={254}
          value={filters.value.search}
          onChange={filters.type}
        />
        {people.data && <span className={css.total}>{t.count(people.data.total)}</span>}
      </search>
      {failure ? (
        <Note tone="bad" title={t.failed} detail={failure.detail} code={failure.code}>
          <Button onPress={() => void people.refetch()}>{t.tryAgain}</Button>
        </Note>
      ) : (
        <PeopleList page={people.data} isLoading={people.isFetching} filters={filters} ownId={ownId} />
      )}
    </div>
  )
}
