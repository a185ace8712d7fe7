import type { t as en } from '../en/dates.ts'
import type { Translation } from '../languages.ts'

export const t: Translation<typeof en> = {
  incomplete: 'Gib Tag, Monat und Jahr ein.',
  noSuchDay: (day, month) => `Einen ${day}. ${month} gibt es nicht. Prüfe Tag und Monat.`,
  noLeapDay: (year) => `${year} gibt es keinen 29. Februar. Prüfe Tag und Jahr.`,
}
