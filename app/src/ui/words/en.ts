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
  dates: {
    incomplete: 'Enter the day, the month and the year.',
    noSuchDay: (day: number, month: string) => `There is no ${day} ${month}. Check the day and the month.`,
    noLeapDay: (year: number) => `There is no 29 February in ${year}. Check the day and the year.`,
  },
}
