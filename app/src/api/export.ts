import type { SubmissionFilter } from '@jotc/core/api/jotc'
import { download } from '#ui/browser/files.ts'
import { toast } from '#ui/feedback/toast.tsx'
import type { Format } from '#ui/Menu.tsx'
import { api, isSessionOver, shownProblem } from './client.ts'
import { readConfig } from './config.ts'
import { t } from './words/en.ts'

const QUERIES: Record<Format, { format: 'csv' | 'ndjson'; separator?: 'semicolon' }> = {
  csv: { format: 'csv' },
  csvSemicolons: { format: 'csv', separator: 'semicolon' },
  ndjson: { format: 'ndjson' },
}

/**
 * Has the browser download all submissions that the filter finds. A download that is refused shows nothing but that, so
 * whether it would be is asked first, and said.
 */
export async function exportSubmissions(format: Format, filter: SubmissionFilter): Promise<void> {
  const query = { ...filter, ...QUERIES[format] }
  try {
    await api.get('/jotc/export', { ...query, check: true })
    const { apiUrl } = await readConfig()
    const search = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)]))
    download(`${apiUrl}/jotc/export?${search}`)
  } catch (error) {
    if (isSessionOver(error)) return
    toast.error({ title: t.exportFailed, ...shownProblem(error) })
  }
}
