export const t = {
  pages: 'Pages',
  range: (first: string, last: string, total: string) => `${first} to ${last} of ${total}`,
  rangeOfAbout: (first: string, last: string, total: string) => `${first} to ${last} of about ${total}`,
  rows: 'Rows per page',
  previous: 'Previous',
  next: 'Next',
  page: (page: string) => `Page ${page}`,
  pageOf: (page: string, pages: string) => `Page ${page} of ${pages}`,
  pastEnd: 'Nothing on this page',
  pastEndDetail: 'The list ends before this page.',
  toFirst: 'Go to the first page',
  outdated: 'Not up to date',
  formats: {
    csv: { name: 'CSV', use: '{name} for spreadsheets' },
    csvSemicolons: { name: 'CSV with semicolons', use: '{name} for German Excel' },
    ndjson: { name: 'JSON lines', use: '{name} for programs' },
  },
}
