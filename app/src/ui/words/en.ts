export const t = {
  pages: 'Pages',
  range: (first: string, last: string, total: string) => `${first} to ${last} of ${total}`,
  rangeOfAbout: (first: string, last: string, total: string) => `${first} to ${last} of about ${total}`,
  rows: 'Rows per page',
  previous: 'Previous',
  next: 'Next',
  page: (page: string) => `Page ${page}`,
  pageOf: (page: string, pages: string) => `Page ${page} of ${pages}`,
  formats: {
    csv: { name: 'CSV', use: '{name} for spreadsheets' },
    ndjson: { name: 'JSON lines', use: '{name} for programs' },
  },
}
