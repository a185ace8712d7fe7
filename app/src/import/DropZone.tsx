import clsx from 'clsx'
import { type ChangeEvent, useEffect, useEffectEvent, useRef, useState } from 'react'
import { Cloud } from '#sky/Cloud.tsx'
import { Button } from '#ui/Button.tsx'
import css from './DropZone.module.css'
import { t } from './words/en.ts'

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

/**
 * Takes the first file that is dropped anywhere on the page; else the browser would leave the page for it.
 * @returns whether a file is held over the page
 */
function useFileDrop(onFile: (file: File) => void): boolean {
  const [isOver, setOver] = useState(false)
  const take = useEffectEvent(onFile)
  useEffect(() => {
    const over = (event: DragEvent) => {
      if (!event.dataTransfer?.types.includes('Files')) return
      event.preventDefault()
      setOver(true)
    }
    const leave = ({ relatedTarget }: DragEvent) => relatedTarget === null && setOver(false)
    const drop = (event: DragEvent) => {
      const file = event.dataTransfer?.files[0]
      setOver(false)
      if (!file) return
      event.preventDefault()
      take(file)
    }
    addEventListener('dragover', over)
    addEventListener('dragleave', leave)
    addEventListener('drop', drop)
    return () => {
      removeEventListener('dragover', over)
      removeEventListener('dragleave', leave)
      removeEventListener('drop', drop)
    }
  }, [])
  return isOver
}
