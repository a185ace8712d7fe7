import type { ListQuery, SortKey, Submission, SubmissionFilter } from '@jotc/core/api/jotc'
import { emailPart } from '@jotc/core/person/email'
import { type Listing, listingOf, listingQuery, oneOf, ROWS } from '#ui/list/address.ts'

export type RouteFilter = 'all' | 'solvable' | 'blocked'
export type Filters = Listing<SortKey> & {
  /** Any part of the address; only administrators can ask for it. */
  email: string
  /** Both days inclusive, in the person's time zone; empty for an open end. */
  from: string
  to: string
  route: RouteFilter
  /** Hidden columns. */
  hide: readonly SortKey[]
}

/** As in core's `SORT_KEYS`, which would bring the whole of TypeBox into the page. */
const SORTS = ['size', 'total', 'email', 'createdAt'] as const satisfies readonly SortKey[]
const ROUTES: readonly RouteFilter[] = ['all', 'solvable', 'blocked']

/** No filter; says nothing of order, number of rows and columns. */
export const NARROWING_NOTHING = { email: '', from: '', to: '', route: 'all' } as const

export const NO_FILTERS: Filters = {
  ...NARROWING_NOTHING,
  page: 1,
  rows: ROWS[0],
  sortBy: 'createdAt',
  sort: 'desc',
  hide: [],
}

/** The filters that an address holds. Unknown or invalid parameters are ignored. */
export function filtersOf(search: string): Filters {
  const params = new URLSearchParams(search)
  const read = (name: keyof Filters) => params.get(name) ?? ''
  return {
    email: read('email'),
    from: dateText(read('from')),
    to: dateText(read('to')),
    route: oneOf(read('route'), ROUTES, 'all'),
    ...listingOf(params, SORTS, NO_FILTERS),
    hide: SORTS.filter((key) => read('hide').split(' ').includes(key)),
  }
}

/** Whether any filter is set. */
export function isNarrowed({ email, from, to, route }: Filters): boolean {
  return email.trim() !== '' || isDay(from) || isDay(to) || route !== 'all'
}

/**
 * The query of the API. Incomplete dates, and spans that end before they begin, are left out; only administrators
 * filter by email.
 */
export function filterQuery(filters: Filters, timeZone: string, isAdmin: boolean): SubmissionFilter {
  const { from, to } = filters
  return {
    timeZone,
    ...(isAdmin && filters.email.trim() !== '' && { email: filters.email.trim() }),
    ...(isDay(from) && !isBackwards(filters) && { dateBegin: from }),
    ...(isDay(to) && !isBackwards(filters) && { dateEnd: to }),
    ...(filters.route !== 'all' && { solvable: filters.route === 'solvable' }),
  }
}

export function listQuery(filters: Filters, timeZone: string, isAdmin: boolean): ListQuery {
  return { ...filterQuery(filters, timeZone, isAdmin), ...listingQuery(filters) }
}

/** Whether the text is a day of the calendar, `YYYY-MM-DD`. A year below 1000 is still being typed. */
function isDay(text: string): boolean {
  return /^[1-9]\d{3}-\d{2}-\d{2}$/.test(text) && new Date(text).toJSON()?.slice(0, 10) === text
}

/** Whether a span of days ends before it begins. */
export function isBackwards({ from, to }: Pick<Filters, 'from' | 'to'>): boolean {
  return isDay(from) && isDay(to) && from > to
}

function dateText(text: string): string {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) ? text : ''
}

/** Whether a submission matches the filters, by the service's rules. */
export function matches(filters: Filters, submission: Submission, timeZone: string, isAdmin: boolean): boolean {
  const { email, from, to, route } = filters
  const day = dayIn(timeZone, submission.createdAt)
  const asked = isAdmin ? emailPart(email) : ''
  return (
    submission.email.includes(asked) &&
    (!isDay(from) || day >= from) &&
    (!isDay(to) || day <= to) &&
    (route === 'all' || submission.solvable === (route === 'solvable'))
  )
}

/** `YYYY-MM-DD`: Sweden writes its dates so. */
function dayIn(timeZone: string, instant: string): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(new Date(instant))
}
