export const t = {
  incomplete: 'Enter the day, the month and the year.',
  noSuchDay: (day: number, month: string) => `There is no ${day} ${month}. Check the day and the month.`,
  noLeapDay: (year: number) => `There is no 29 February in ${year}. Check the day and the year.`,
}
