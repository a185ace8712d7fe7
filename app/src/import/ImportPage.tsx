import { LARGEST_FILE } from '@jotc/core/board-file/faults'
import clsx from 'clsx'
import { type ChangeEvent, useEffect, useEffectEvent, useRef, useState } from 'react'
import { useSession } from '#api/session.ts'
import { SignInLink } from '#api/sign-in.tsx'
import { format } from '#i18n/format.ts'
import { Cloud } from '#sky/Cloud.tsx'
import { Button } from '#ui/Button.tsx'
import { Note } from '#ui/feedback/Note.tsx'
import { toast } from '#ui/feedback/toast.tsx'
import { EmptyState } from '#ui/list/List.tsx'
import { Page } from '#ui/page/Page.tsx'
import { createStore, useStore } from '#ui/store.ts'
import css from './ImportPage.module.css'
import { ImportRun } from './ImportRun.tsx'
import { ImportJob } from './import-job.ts'
import { t } from './words/en.ts'

export default function ImportPage() {
  const session = useSession()
  const sky = (
    <>
      <h1>{t.title}</h1>
      <p className={css.subtitle}>{t.subtitle}</p>
    </>
  )
  return (
    <Page title={t.title} sky={sky} compact>
      {session ? (
        <Import account={session.user.id} />
      ) : (
        <EmptyState title={t.signedOut} detail={t.signedOutDetail}>
          <SignInLink variant="primary">{t.signIn}</SignInLink>
        </EmptyState>
      )}
    </Page>
  )
}

/** A file to choose, and how far its import has come. */
function Import({ account }: { account: string }) {
  const shown = useImport(account)
  const [refusal, setRefusal] = useState<string>()

  function take(file: File) {
    if (shown && !shown.progress.isOver) {
      toast.warning({ title: t.busy, detail: t.busyDetail })
      return
    }
    const why = refusalOf(file)
    setRefusal(why)
    if (why === undefined) beginImport(file, account)
  }

  return (
    <div className={css.page}>
      {!shown && <DropZone onFile={take} />}
      {refusal && <Note tone="error" title={t.refused} detail={refusal} />}
      {shown && <ImportRun {...shown} />}
      {shown && <DropZone isNext onFile={take} />}
    </div>
  )
}

const MEGABYTE = 1024 * 1024

/** Why a file is not read at all. */
function refusalOf({ size }: File): string | undefined {
  if (size === 0) return t.empty
  return size > LARGEST_FILE ? t.tooLarge(format.number(Math.ceil(size / MEGABYTE))) : undefined
}

type Import = { job: ImportJob; progress: ImportJob['progress'] }

const current = createStore<Import | undefined>(undefined)

/**
 * The one import of this tab. It goes on while other pages of the app are looked at; leaving the app while it goes
 * on is asked about.
 */
function beginImport(file: File, owner: string): void {
  const job = new ImportJob(file, owner, () => show(job))
  show(job)
}

/** The last import that this account began in this tab. */
function useImport(owner: string): Import | undefined {
  const shown = useStore(current)
  return shown?.job.owner === owner ? shown : undefined
}

function show(job: ImportJob) {
  const { progress } = job
  current.set({ job, progress })
  // Adding it twice adds it once.
  if (progress.isOver) removeEventListener('beforeunload', askFirst)
  else addEventListener('beforeunload', askFirst)
}

function askFirst(event: Event) {
  event.preventDefault()
}

/** Takes a file that is dropped anywhere on the page, or chosen. One row where there was a file before. */
function DropZone({ onFile, isNext = false }: { onFile: (file: File) => void; isNext?: boolean }) {
  const input = useRef<HTMLInputElement>(null)
  const isOver = useFileDrop(onFile)
  function choose({ currentTarget }: ChangeEvent<HTMLInputElement>) {
    const file = currentTarget.files?.[0]
    // The same file can be chosen again.
    currentTarget.value = ''
    if (file) onFile(file)
  }
  return (
    <div className={clsx(css.zone, isNext && css.next, isOver && css.over)}>
      {!isNext && (
        <span className={css.clouds}>
          <Cloud kind="cumulus" />
          <Cloud kind="thunderhead" />
          <Cloud kind="cumulus" />
        </span>
      )}
      <p>
        <b>{isNext ? t.another : t.drop}</b>
      </p>
      <input ref={input} type="file" accept={ACCEPTED} hidden onChange={choose} />
      <Button icon="up" onPress={() => input.current?.click()}>
        {t.choose}
      </Button>
      <p className={css.forms}>{t.forms}</p>
    </div>
  )
}

const ACCEPTED = '.txt,.csv,.tsv,.json,.jsonl,.ndjson,text/plain,text/csv,application/json'

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
