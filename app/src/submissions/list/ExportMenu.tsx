import type { SubmissionFilter } from '@jotc/core/api/jotc'
import { api, isSessionOver, shownProblem } from '#api/client.ts'
import { readConfig } from '#api/config.ts'
import { useAttempt } from '#api/useAttempt.ts'
import { toast } from '#ui/feedback/toast.tsx'
import { download } from '#ui/files.ts'
import { type Format, FormatMenu } from '#ui/Menu.tsx'
import { t as words } from '../words/en.ts'

const t = words.export

/** Has the browser download everything that the filter finds. */
export function ExportMenu({ filter }: { filter: SubmissionFilter }) {
  const { attempt } = useAttempt()
  return <FormatMenu label={t.export} onChoose={(format) => void attempt(() => exportAs(format, filter))} />
}

const QUERIES: Record<Format, { format: 'csv' | 'ndjson'; separator?: 'semicolon' }> = {
  csv: { format: 'csv' },
  csvSemicolons: { format: 'csv', separator: 'semicolon' },
  ndjson: { format: 'ndjson' },
}

/** A download that is refused shows nothing but that: whether it would be is asked first. */
async function exportAs(format: Format, filter: SubmissionFilter): Promise<void> {
  const query = { ...filter, ...QUERIES[format] }
  try {
    await api.get('/jotc/export', { ...query, check: true })
    const { apiUrl } = await readConfig()
    const search = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)]))
    download(`${apiUrl}/jotc/export?${search}`)
  } catch (error) {
    if (isSessionOver(error)) return
    toast.error({ title: t.failed, ...shownProblem(error) })
  }
}
