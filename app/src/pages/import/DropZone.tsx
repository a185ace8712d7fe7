import clsx from 'clsx'
import { type ChangeEvent, useRef } from 'react'
import { t } from '#words/import'
import { Button } from '../../kit/Button.tsx'
import { Cloud } from '../../kit/Cloud.tsx'
import css from './DropZone.module.css'
import { useFileDrop } from './useFileDrop.ts'

/** Takes a file that is dropped anywhere on the page, or chosen. */
export function DropZone({ onFile }: { onFile: (file: File) => void }) {
  const input = useRef<HTMLInputElement>(null)
  const isOver = useFileDrop(onFile)
  function choose({ currentTarget }: ChangeEvent<HTMLInputElement>) {
    const file = currentTarget.files?.[0]
    // The same file can be chosen again.
    currentTarget.value = ''
    if (file) onFile(file)
  }
  return (
    <div className={clsx(css.zone, isOver && css.over)}>
      <span className={css.clouds}>
        <Cloud kind="cumulus" />
        <Cloud kind="thunderhead" />
        <Cloud kind="cumulus" />
      </span>
      <p>
        <b>{t.drop}</b>
        {t.or}
      </p>
      <input ref={input} type="file" accept={ACCEPTED} hidden onChange={choose} />
      <Button icon="up" onPress={() => input.current?.click()}>
        {t.choose}
      </Button>
      <p className={css.forms}>{t.forms}</p>
    </div>
  )
}

const ACCEPTED = '.txt,.csv,.json,.jsonl,.ndjson,text/plain,text/csv,application/json'
