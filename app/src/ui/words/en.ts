export const t = {
  pages: 'Pages',
  range: (first: string, last: string, total: string) => `${first} to ${last} of ${total}`,
  about: (total: string) => `about ${total}`,
  rows: 'Rows',
  previous: 'Previous',
  next: 'Next',
  page: (page: string) => `Page ${page}`,
  pageOf: (page: string, pages: string) => `Page ${page} of ${pages}`,
  formats: {
    csv: { label: 'CSV', use: 'for spreadsheets' },
    ndjson: { label: 'NDJSON', use: 'for programs' },
  },
}
