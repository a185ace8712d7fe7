import type { FeedEnd, Submission, SubmissionPage } from '@jotc/core/api/jotc'
import { useEffect, useState } from 'react'
import { refreshAccount } from '#api/account-refresh.ts'
import { endSession } from '#api/client.ts'
import { readConfig } from '#api/config.ts'
import { pause, waitAfter } from '#api/retry.ts'
import { type SignedIn, session } from '#api/session.ts'
import { TIME_ZONE } from '#i18n/dates.ts'
import { type Filters, matches } from './filters.ts'

/** Above this the page only says that there are many. */
const MAX_COUNTED = 1000

/** What arrived since the list was read; `many` above `MAX_COUNTED` or when events were missed. */
type Arrivals = readonly Submission[] | 'many'

/** The loaded page, and when it was read: 0 before that. */
type Shown = { page: SubmissionPage | undefined; readAt: number }

/**
 * Counts new submissions that match the filters and are not in the loaded page; `many` where there are too many to be
 * counted. Reading the list anew takes them in.
 */
export function useLiveSubmissions(filters: Filters, { page, readAt }: Shown, { user }: SignedIn): number | 'many' {
  const [arrivals, setArrivals] = useState<Arrivals>([])
  useEffect(() => {
    if (readAt > 0) setArrivals([])
  }, [readAt])
  useEffect(
    () =>
      readFeed({
        onSubmission: (submission) => setArrivals((before) => withArrival(before, submission)),
        onReset: () => setArrivals('many'),
      }),
    [],
  )

  if (arrivals === 'many') return arrivals
  const isAdmin = user.role === 'admin'
  const shown = new Set(page?.items.map(({ id }) => id))
  const isNewestFirst = filters.page === 1 && filters.sortBy === 'createdAt' && filters.sort === 'desc'
  // Such a list already contains everything older than its first row, even if the feed delivers it late.
  const oldest = (isNewestFirst && page?.items[0]?.createdAt) || ''
  return arrivals.filter(
    (submission) =>
      submission.createdAt >= oldest && !shown.has(submission.id) && matches(filters, submission, TIME_ZONE, isAdmin),
  ).length
}

function withArrival(before: Arrivals, submission: Submission): Arrivals {
  if (before === 'many') return before
  const others = before.filter(({ id }) => id !== submission.id)
  return others.length < MAX_COUNTED ? [...others, submission] : 'many'
}

type FeedReader = {
  onSubmission: (submission: Submission) => void
  /** Too many events were missed to be sent one by one. */
  onReset: () => void
}

/**
 * Reads the live feed of submissions, until the returned function is called.
 *
 * Promises: a lost connection is opened again where it broke off; a hidden tab holds no connection; the end of the
 * session ends it.
 */
function readFeed({ onSubmission, onReset }: FeedReader): () => void {
  let reading: AbortController | undefined
  let lastId = ''
  const stop = () => {
    reading?.abort()
    reading = undefined
  }
  const readWhileSeen = () => {
    if (document.hidden) return stop()
    if (reading) return
    reading = new AbortController()
    void readOn(reading.signal)
  }
  readWhileSeen()
  document.addEventListener('visibilitychange', readWhileSeen)
  return () => {
    document.removeEventListener('visibilitychange', readWhileSeen)
    stop()
  }

  async function readOn(signal: AbortSignal): Promise<void> {
    for (let failures = 1; !signal.aborted && session.get(); failures++) {
      if (await readSource(signal)) failures = 1
      await pause(waitAfter(undefined, failures), signal)
      // The browser does not say why it was refused: this ends a session that is over.
      if (!signal.aborted) await refreshAccount()
    }
  }

  /**
   * Resolves when the feed was refused or is not wanted any more; what is lost otherwise the browser opens again.
   *
   * @returns whether anything came
   */
  async function readSource(signal: AbortSignal): Promise<boolean> {
    const { apiUrl } = await readConfig()
    let isRead = false
    const source = new EventSource(`${apiUrl}/jotc/live?${new URLSearchParams(lastId ? { lastEventId: lastId } : {})}`)
    const on = (event: string, take: (data: string) => void) =>
      source.addEventListener(event, ({ data, lastEventId }) => {
        isRead = true
        lastId = lastEventId || lastId
        try {
          take(data)
        } catch {
          // An unreadable event counts as missed; the feed goes on.
          onReset()
        }
      })
    on('ready', () => {})
    on('submission', (data) => onSubmission(JSON.parse(data) as Submission))
    on('reset', onReset)
    on('end', (data) => takeEnd(JSON.parse(data) as FeedEnd))
    await new Promise<void>((resolve) => {
      if (signal.aborted) resolve()
      signal.addEventListener('abort', () => resolve())
      source.onerror = () => source.readyState === EventSource.CLOSED && resolve()
    })
    source.close()
    return isRead
  }
}

/** The browser comes back whatever the reason. */
function takeEnd({ reason }: FeedEnd): void {
  const known = session.get()
  if (reason === 'changed') void refreshAccount()
  if (known && reason === 'expired') endSession(known, 'session-expired', false)
  if (known && reason === 'revoked') endSession(known, 'session-ended', false)
}
