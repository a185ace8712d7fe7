import type { Submission } from '@jotc/core/api/jotc'
import { type Filters, isDay } from '../filters.ts'

/** Whether a submission belongs in the list of these filters, as the service would say. */
export function matches(filters: Filters, submission: Submission, timeZone: string, isAdmin: boolean): boolean {
  const { email, from, to, route } = filters
  const day = dayIn(timeZone, submission.createdAt)
  const asked = isAdmin ? email.trim().toLowerCase() : ''
  return (
    submission.email.toLowerCase().includes(asked) &&
    (!isDay(from) || day >= from) &&
    (!isDay(to) || day <= to) &&
    (route === 'all' || submission.solvable === (route === 'solvable'))
  )
}

/** `YYYY-MM-DD`: Sweden writes its dates so. */
function dayIn(timeZone: string, instant: string): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(new Date(instant))
}
