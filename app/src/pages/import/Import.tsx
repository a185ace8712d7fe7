import { useState } from 'react'
import { t } from '#words/import'
import { Note } from '../../kit/Note.tsx'
import { toast } from '../../kit/toast.tsx'
import { beginImport, useImport } from './current-import.ts'
import { DropZone } from './DropZone.tsx'
import { refusalOf } from './file-rules.ts'
import css from './ImportPage.module.css'
import { Run } from './Run.tsx'

/** A file to choose, and how far its import has come. */
export function Import({ account }: { account: string }) {
  const current = useImport(account)
  const [refusal, setRefusal] = useState<string>()
  function take(file: File) {
    if (current && !current.progress.isOver) {
      toast.warning({ title: t.busy, detail: t.busyDetail })
      return
    }
    const why = refusalOf(file)
    setRefusal(why)
    if (why === undefined) beginImport(file, account)
  }
  return (
    <div className={css.page}>
      <DropZone onFile={take} />
      {refusal && <Note tone="bad" title={t.refused} detail={refusal} />}
      {current && <Run {...current} />}
    </div>
  )
}
