import type { Session } from '@jotc/core/api/account'
import type { Submission, SubmissionPage } from '@jotc/core/api/jotc'
import { useEffect, useEffectEvent, useState } from 'react'
import { TIME_ZONE } from '#i18n/dates.ts'
import type { Filters } from '../filters.ts'
import { readFeed } from './live-feed.ts'
import { matches } from './matches.ts'

/** Of more than that it is only said that there are many. */
const MOST = 1000

type Arrivals = {
  each: readonly { submission: Submission; at: number }[]
  /** When there were too many to be counted. */
  tooManyAt: number
}

/** What the list shows, and when it was read (milliseconds since 1970). */
type Shown = { page: SubmissionPage | undefined; readAt: number }

/**
 * How many submissions arrived since the list was read that belong in it and do not stand in it; `many` where there
 * are too many to be counted. Reading the list anew takes them in.
 */
export function useLiveSubmissions(filters: Filters, { page, readAt }: Shown, { user }: Session): number | 'many' {
  const [arrivals, setArrivals] = useState<Arrivals>({ each: [], tooManyAt: 0 })
  const add = useEffectEvent((submission: Submission) =>
    setArrivals(({ each, tooManyAt }) => {
      const others = each.filter(({ at, submission: { id } }) => at > readAt && id !== submission.id)
      if (others.length >= MOST) return { each: [], tooManyAt: Date.now() }
      return { each: [...others, { submission, at: Date.now() }], tooManyAt }
    }),
  )
  useEffect(() => readFeed({ onSubmission: add, onReset: () => setArrivals({ each: [], tooManyAt: Date.now() }) }), [])

  if (arrivals.tooManyAt > readAt) return 'many'
  const isAdmin = user.role === 'admin'
  const shown = new Set(page?.items.map(({ id }) => id))
  const isNewestFirst = filters.page === 1 && filters.sortBy === 'createdAt' && filters.sort === 'desc'
  // Such a list has all that is older than its first row: what comes late, after a pause of the feed, is in it.
  const oldest = (isNewestFirst && page?.items[0]?.createdAt) || ''
  return arrivals.each.filter(
    ({ at, submission }) =>
      at > readAt &&
      submission.createdAt >= oldest &&
      !shown.has(submission.id) &&
      matches(filters, submission, TIME_ZONE, isAdmin),
  ).length
}
