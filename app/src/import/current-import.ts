import { useSyncExternalStore } from 'react'
import { ImportJob } from './import-job.ts'

type Import = { job: ImportJob; progress: ImportJob['progress'] }

let current: Import | undefined
const listeners = new Set<() => void>()

/**
 * The one import of this tab. It goes on while other pages of the app are looked at; leaving the app while it goes
 * on is asked about.
 */
export function beginImport(file: File, owner: string): void {
  const job = new ImportJob(file, owner, () => show(job))
  show(job)
}

/** The last import that this account began in this tab. */
export function useImport(owner: string): Import | undefined {
  const shown = useSyncExternalStore(subscribe, () => current)
  return shown?.job.owner === owner ? shown : undefined
}

function show(job: ImportJob) {
  current = { job, progress: job.progress }
  // Adding it twice adds it once.
  if (current.progress.isOver) removeEventListener('beforeunload', askFirst)
  else addEventListener('beforeunload', askFirst)
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function askFirst(event: Event) {
  event.preventDefault()
}
