import type { SubmissionFilter } from '@jotc/core/api/jotc'
import { connectionLost, openStream } from '#api/client.ts'
import type { Format } from '#ui/FormatMenu.tsx'
import { GrowingFile, saveFile } from '#ui/files.ts'

export type Exported = {
  /** Submissions that are written so far. */
  rows: number
  /** Of how many, where the service says it. */
  total: number | undefined
  totalIsExact: boolean
}

/**
 * Writes the submissions of a filter to the target as they come; it keeps pace with the slower of the two.
 *
 * Throws when the answer breaks off or the target cannot be written, and then leaves no file behind: a part is
 * never passed off as the whole.
 */
export async function download(
  format: Format,
  filter: SubmissionFilter,
  target: Target,
  signal: AbortSignal,
  onProgress: (exported: Exported) => void,
): Promise<Exported> {
  const search = new URLSearchParams({ format, ...Object.fromEntries(Object.entries(filter).map(toText)) })
  const accept = format === 'csv' ? 'text/csv' : 'application/x-ndjson'
  let reader: ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>> | undefined
  try {
    const answer = await openStream(`/jotc/export?${search}`, { headers: { accept }, signal })
    const exported = { rows: format === 'csv' ? -1 : 0, ...totalOf(answer) }
    reader = (answer.body as ReadableStream<Uint8Array<ArrayBuffer>>).getReader()
    for (;;) {
      const { done, value } = await reader.read().catch((error: unknown) => {
        throw signal.aborted ? error : connectionLost(error)
      })
      if (done) break
      await target.write(value)
      exported.rows += lineEnds(value)
      onProgress({ ...exported, rows: Math.max(0, exported.rows) })
    }
    await target.finish()
    return exported
  } catch (error) {
    // What is still to come is not sent for nothing; an answer that broke off has ended already.
    reader?.cancel().catch(() => {})
    await target.discard()
    throw error
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

/** Where an export is written to. Nothing is left of it unless it is finished. */
export type Target = {
  write: (bytes: Uint8Array<ArrayBuffer>) => Promise<void>
  finish: () => Promise<void>
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
export async function chooseTarget(name: string): Promise<Target | undefined> {
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
function onDisk(handle: FileSystemFileHandle, file: FileSystemWritableFileStream): Target {
  return {
    write: (bytes) => file.write(bytes),
    finish: () => file.close(),
    async discard() {
      // What could not be written is given up already, and the file itself may be gone.
      await file.abort().catch(() => {})
      await removeEmpty(handle).catch(() => {})
    },
  }
}

/** The picker makes an empty file; not every browser can take it away again. */
async function removeEmpty(handle: FileSystemFileHandle & { remove?: () => Promise<void> }): Promise<void> {
  const { size } = await handle.getFile()
  if (size === 0) await handle.remove?.()
}

/** Downloaded at its end. */
function inMemory(name: string): Target {
  let file = new GrowingFile()
  return {
    write: async (bytes) => file.add(bytes),
    finish: async () => saveFile(file.content, name),
    async discard() {
      file = new GrowingFile()
    },
  }
}
