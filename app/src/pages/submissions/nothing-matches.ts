import { t } from '#words/submissions'
import { formatLongDay } from '../../kit/dates.ts'
import { isRealDate } from '../../kit/typed-date.ts'
import type { Filters } from './filters.ts'

/** What was looked for in vain, as a sentence. */
export function nothingMatches({ from, to, email, route }: Filters): string {
  const address = email.trim() === '' ? '' : t.byAddress(email.trim())
  return t.noMatchDetail(spanOf(from, to), address, t.thatIs[route])
}

function spanOf(from: string, to: string): string {
  if (isRealDate(from) && isRealDate(to)) return t.between(formatLongDay(from), formatLongDay(to))
  if (isRealDate(from)) return t.since(formatLongDay(from))
  return isRealDate(to) ? t.until(formatLongDay(to)) : ''
}
