export const t = {
  formats: {
    csv: { label: 'CSV', use: 'for spreadsheets' },
    ndjson: { label: 'NDJSON', use: 'for programs' },
  },
}
