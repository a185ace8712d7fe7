import type { SubmissionFilter } from '@jotc/core/api/jotc'
import { useEffect, useRef, useState } from 'react'
import { connectionLost, isSessionOver, openStream, shownProblem } from '#api/client.ts'
import { serverNow } from '#api/config.ts'
import { useAttempt } from '#api/useAttempt.ts'
import { Button } from '#ui/Button.tsx'
import { toast } from '#ui/feedback/toast.tsx'
import { GrowingFile, saveFile } from '#ui/files.ts'
import { endingOf, type Format, FormatMenu } from '#ui/Menu.tsx'
import { t as words } from '../words/en.ts'
import css from './ExportMenu.module.css'

const t = words.export

/** Saves everything that the filter finds as a file; meanwhile shows its progress and a way to cancel. */
export function ExportMenu({ filter }: { filter: SubmissionFilter }) {
  const { progress, begin, cancel } = useExport()
  if (!progress) return <FormatMenu label={t.export} onChoose={(format) => void begin(format, filter)} />
  const { rows, total } = progress
  return (
    <div className={css.going}>
      <span>{t.exporting}</span>
      <progress
        aria-label={t.progress}
        value={total === undefined ? undefined : Math.min(rows, total)}
        max={total || 1}
      />
      <span className={css.rows}>{progressText(progress)}</span>
      <Button icon="x" onPress={cancel}>
        {t.cancel}
      </Button>
    </div>
  )
}

function progressText({ rows, total, totalIsExact }: Exported): string {
  if (total === undefined) return t.rows(rows)
  return totalIsExact ? t.rowsOf(rows, total) : t.rowsOfAbout(rows, total)
}

type Exporting = {
  /** Undefined when no export runs. */
  progress: Exported | undefined
  begin: (format: Format, filter: SubmissionFilter) => Promise<void>
  cancel: () => void
}

/** One export at a time; leaving the page cancels it. */
function useExport(): Exporting {
  const [progress, setProgress] = useState<Exported>()
  const cancelling = useRef<AbortController>(undefined)
  const { attempt } = useAttempt()
  useEffect(() => () => cancelling.current?.abort(), [])

  const begin = (format: Format, filter: SubmissionFilter) =>
    attempt(async () => {
      const controller = new AbortController()
      cancelling.current = controller
      try {
        const target = await chooseTarget(
          `${t.file(new Date(serverNow()).toISOString().slice(0, 10))}.${endingOf(format)}`,
        )
        if (!target) return
        setProgress({ rows: 0, total: undefined, totalIsExact: true })
        const rows = await download(format, filter, target, controller.signal, setProgress)
        toast.success({ title: t.done, detail: t.doneDetail(rows) })
      } catch (error) {
        if (!controller.signal.aborted) showFailure(error)
      } finally {
        setProgress(undefined)
      }
    })
  return { progress, begin, cancel: () => cancelling.current?.abort() }
}

function showFailure(error: unknown) {
  if (isSessionOver(error)) return
  const problem = error instanceof DOMException ? { detail: t.notWritten, code: undefined } : shownProblem(error)
  toast.error({ title: t.failed, detail: t.failedDetail(problem.detail), code: problem.code })
}

type Exported = {
  /** Submissions that are written so far. */
  rows: number
  /** Undefined where the service does not say. */
  total: number | undefined
  totalIsExact: boolean
}

type Bytes = Uint8Array<ArrayBuffer>

const QUERIES: Record<Format, { format: 'csv' | 'ndjson'; separator?: 'semicolon' }> = {
  csv: { format: 'csv' },
  csvSemicolons: { format: 'csv', separator: 'semicolon' },
  ndjson: { format: 'ndjson' },
}

/** More often than this nobody could read it. */
const PROGRESS_INTERVAL_MS = 100

/**
 * Writes the submissions of a filter to the target as they come, at the pace of the slower of the two.
 *
 * @returns how many there are
 * @throws when the answer breaks off or, a `DOMException`, when the target cannot be written: a part is never passed
 * off as the whole, so no file is left behind
 */
async function download(
  format: Format,
  filter: SubmissionFilter,
  { stream, discard }: Target,
  signal: AbortSignal,
  onProgress: (exported: Exported) => void,
): Promise<number> {
  const search = new URLSearchParams({ ...QUERIES[format], ...Object.fromEntries(Object.entries(filter).map(toText)) })
  const headers = { accept: endingOf(format) === 'csv' ? 'text/csv' : 'application/x-ndjson' }
  // The first line of a CSV file has the names of its columns.
  let rows = endingOf(format) === 'csv' ? -1 : 0
  let shownAt = 0
  try {
    const answer = await openStream(`/jotc/export?${search}`, { headers, signal })
    const total = totalOf(answer)
    const counting = new TransformStream<Bytes, Bytes>({
      transform(bytes, controller) {
        rows += lineEnds(bytes)
        if (performance.now() - shownAt >= PROGRESS_INTERVAL_MS) {
          shownAt = performance.now()
          onProgress({ rows: Math.max(0, rows), ...total })
        }
        controller.enqueue(bytes)
      },
    })
    await (answer.body as ReadableStream<Bytes>).pipeThrough(counting).pipeTo(stream, { signal })
    return rows
  } catch (error) {
    await discard()
    throw error instanceof TypeError ? connectionLost(error) : error
  }
}

function toText([name, value]: [string, unknown]): [string, string] {
  return [name, String(value)]
}

function totalOf({ headers }: Response): Pick<Exported, 'total' | 'totalIsExact'> {
  const total = headers.get('x-total-count')
  return {
    total: total === null ? undefined : Number(total),
    totalIsExact: headers.get('x-total-is-exact') !== 'false',
  }
}

/** No field of a submission holds a line end. */
function lineEnds(bytes: Uint8Array): number {
  let count = 0
  for (let at = bytes.indexOf(10); at !== -1; at = bytes.indexOf(10, at + 1)) count++
  return count
}

/** Where an export is written to. */
type Target = {
  stream: WritableStream<Bytes>
  /** Leaves nothing of it. */
  discard: () => Promise<void>
}

/** The File System Access API, which TypeScript does not know: where it is missing, files are downloads. */
type Picker = (options: { suggestedName: string }) => Promise<FileSystemFileHandle>

/**
 * Lets the person choose a file on their disk where the browser can write to it as the export comes; else
 * gathers it for a download at its end. To be called in the moment of a press.
 *
 * @returns undefined when they chose none
 */
async function chooseTarget(name: string): Promise<Target | undefined> {
  const { showSaveFilePicker } = window as { showSaveFilePicker?: Picker }
  if (!showSaveFilePicker) return inMemory(name)
  try {
    const handle = await showSaveFilePicker({ suggestedName: name })
    return onDisk(handle, await handle.createWritable())
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return undefined
    throw error
  }
}

/** The browser writes beside the file and puts it in its place when it is closed; a file that was there stays till then. */
function onDisk(
  handle: FileSystemFileHandle & { remove?: () => Promise<void> },
  stream: WritableStream<Bytes>,
): Target {
  return {
    stream,
    async discard() {
      try {
        await stream.abort()
        // The picker makes an empty file; not every browser can take it away again.
        if ((await handle.getFile()).size === 0) await handle.remove?.()
      } catch {
        // The file itself may be gone.
      }
    },
  }
}

/** Downloaded at its end. */
function inMemory(name: string): Target {
  const file = new GrowingFile()
  const stream = new WritableStream<Bytes>({
    write: (bytes) => file.add(bytes),
    close: () => saveFile(file.content, name),
  })
  return { stream, discard: () => stream.abort() }
}
