import type { t as en } from '../en/files.ts'
import type { Translation } from '../languages.ts'

export const t: Translation<typeof en> = {
  formats: {
    csv: { label: 'CSV', use: 'für Tabellen' },
    ndjson: { label: 'NDJSON', use: 'für Programme' },
  },
}
