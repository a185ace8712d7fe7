import { type FormEvent, useState } from 'react'
import { t } from '#words/board'
import { Button } from '../../kit/Button.tsx'
import { NumberField } from '../../kit/NumberField.tsx'
import css from './GoToCloud.module.css'

/** Shows and focuses one cloud of a long board, by its number. */
export function GoToCloud({ size, goTo }: { size: number; goTo: (cloud: number) => void }) {
  const [cloud, setCloud] = useState(0)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    goTo(Math.min(cloud, size - 1))
  }
  return (
    <form className={css.form} onSubmit={submit}>
      <NumberField
        className={css.field}
        label={t.overview.goTo}
        value={Math.min(cloud, size - 1)}
        min={0}
        max={size - 1}
        onChange={setCloud}
      />
      <Button type="submit">{t.overview.go}</Button>
    </form>
  )
}
