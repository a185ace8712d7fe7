import type { SubmissionFilter } from '@jotc/core/api/jotc'
import { connectionLost, openStream } from '#api/stream.ts'
import type { Format } from '#ui/FormatMenu.tsx'
import type { Target } from './export-target.ts'

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
  try {
    const answer = await openStream(`/jotc/export?${search}`, { headers: { accept }, signal })
    const exported = { rows: format === 'csv' ? -1 : 0, ...totalOf(answer) }
    const reader = (answer.body as ReadableStream<Uint8Array<ArrayBuffer>>).getReader()
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
