import type { ListQuery, SortKey, Submission, SubmissionFilter } from '@jotc/core/api/jotc'
import { LONGEST_RECORDED_BOARD } from '@jotc/core/board'
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
  /** Ends of a range of clouds or jumps as they are typed, both included; empty for an open end. */
  minSize: string
  maxSize: string
  minTotal: string
  maxTotal: string
  /** Hidden columns. */
  hide: readonly SortKey[]
}

/** As in core's `SORT_KEYS`, which would bring the whole of TypeBox into the page. */
const SORTS = ['size', 'total', 'email', 'createdAt'] as const satisfies readonly SortKey[]
const ROUTES: readonly RouteFilter[] = ['all', 'solvable', 'blocked']

/** No filter; says nothing of order, number of rows and columns. */
export const NARROWING_NOTHING = {
  email: '',
  from: '',
  to: '',
  route: 'all',
  minSize: '',
  maxSize: '',
  minTotal: '',
  maxTotal: '',
} as const

/** The filters that are typed. */
export const TYPED = ['email', 'minSize', 'maxSize', 'minTotal', 'maxTotal'] as const

/** Of clouds and of jumps: their filters, and what a board that was saved can have. */
export const RANGES = {
  size: { ends: ['minSize', 'maxSize'], least: 1, most: LONGEST_RECORDED_BOARD },
  total: { ends: ['minTotal', 'maxTotal'], least: 0, most: LONGEST_RECORDED_BOARD - 1 },
} as const
export type RangeName = keyof typeof RANGES

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
    minSize: read('minSize'),
    maxSize: read('maxSize'),
    minTotal: read('minTotal'),
    maxTotal: read('maxTotal'),
    ...listingOf(params, SORTS, NO_FILTERS),
    hide: SORTS.filter((key) => read('hide').split(' ').includes(key)),
  }
}

/** Whether any filter is set. */
export function isNarrowed(filters: Filters): boolean {
  const { email, from, to, route } = filters
  return email.trim() !== '' || isDay(from) || isDay(to) || route !== 'all' || rangesInUse(filters).length > 0
}

/** The ranges that narrow the list. Blocked boards have no jumps. */
export function rangesInUse(filters: Filters): RangeName[] {
  return (['size', 'total'] as const).filter((name) => {
    const isAsked = RANGES[name].ends.some((end) => filters[end].trim() !== '')
    return isAsked && !rangeFault(filters, name) && !(name === 'total' && filters.route === 'blocked')
  })
}

/** Why a range is left out: an end is no number that a board can have, or it ends before it begins. */
export function rangeFault(filters: Filters, name: RangeName): 'unreadable' | 'backwards' | undefined {
  const { ends, least, most } = RANGES[name]
  const [min = least, max = most] = ends.map((end) => numberOf(filters[end]))
  if (!(min >= least && min <= most && max >= least && max <= most)) return 'unreadable'
  return min > max ? 'backwards' : undefined
}

/** Undefined where nothing is typed, and no number where what is typed is none. */
function numberOf(text: string): number | undefined {
  if (text.trim() === '') return undefined
  return /^\s*\d{1,6}\s*$/.test(text) ? Number(text) : Number.NaN
}

/** Days up to today, today included. */
export const SPANS = { today: 1, week: 7, month: 30 } as const
export type Span = keyof typeof SPANS

/** The days of a span. @param today `YYYY-MM-DD` */
export function daysOf(span: Span, today: string): Pick<Filters, 'from' | 'to'> {
  const from = Date.parse(today) - (SPANS[span] - 1) * 86_400_000
  return { from: new Date(from).toISOString().slice(0, 10), to: today }
}

/** The span that these days are. */
export function spanOf({ from, to }: Pick<Filters, 'from' | 'to'>, today: string): Span | undefined {
  const spans = Object.keys(SPANS) as Span[]
  return to === today ? spans.find((span) => daysOf(span, today).from === from) : undefined
}

/**
 * The query of the API. Incomplete dates and numbers, and what ends before it begins, are left out; only administrators
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
    ...Object.fromEntries(
      rangesInUse(filters)
        .flatMap((name) => RANGES[name].ends)
        .map((end) => [end, numberOf(filters[end])])
        .filter(([, number]) => number !== undefined),
    ),
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
    (route === 'all' || submission.solvable === (route === 'solvable')) &&
    rangesInUse(filters).every((name) => {
      const { ends, least, most } = RANGES[name]
      const [min = least, max = most] = ends.map((end) => numberOf(filters[end]))
      const value = submission[name]
      return value !== null && value >= min && value <= max
    })
  )
}

/** Making one costs as much as two hundred dates, and each submission that arrives is dated. */
const dayFormats = new Map<string, Intl.DateTimeFormat>()

/** `YYYY-MM-DD`: Sweden writes its dates so. */
export function dayIn(timeZone: string, instant: string): string {
  const format = dayFormats.get(timeZone) ?? new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' })
  dayFormats.set(timeZone, format)
  return format.format(new Date(instant))
}
