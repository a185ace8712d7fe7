import type { Session } from '@jotc/core/api/account'
import type { FeedEnd, Submission, SubmissionPage } from '@jotc/core/api/jotc'
import { createParser } from 'eventsource-parser'
import { useEffect, useState } from 'react'
import { refreshAccount } from '#api/account-refresh.ts'
import { ApiProblem, connectionLost, handleRefusedToken, openStream } from '#api/client.ts'
import { isPassing, pause, waitAfter } from '#api/retry.ts'
import { session } from '#api/session.ts'
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
export function useLiveSubmissions(filters: Filters, { page, readAt }: Shown, { user }: Session): number | 'many' {
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

/** The service sends something every 15 s; a connection that is silent for longer is dead. */
const SILENCE_MS = 40_000

type FeedReader = {
  onSubmission: (submission: Submission) => void
  /** Too many events were missed to be sent one by one. */
  onReset: () => void
}

/**
 * Reads the live feed of submissions, until the returned function is called.
 *
 * Promises: a lost connection is opened again where it broke off, after a growing, random pause; a hidden tab holds no
 * connection; the end of the session ends it. `EventSource` cannot send a token, hence `fetch`.
 */
function readFeed(reader: FeedReader): () => void {
  const progress: Progress = { lastId: undefined, retryMs: 0, failures: 0 }
  let reading: AbortController | undefined
  const stop = () => {
    reading?.abort()
    reading = undefined
  }
  const readWhileSeen = () => {
    if (document.hidden) return stop()
    if (reading) return
    reading = new AbortController()
    void readOn(reader, progress, reading.signal)
  }
  readWhileSeen()
  document.addEventListener('visibilitychange', readWhileSeen)
  return () => {
    document.removeEventListener('visibilitychange', readWhileSeen)
    stop()
  }
}

type Progress = {
  /** The id of the last event that had one. */
  lastId: string | undefined
  /** The pause that the service asks for between connections. */
  retryMs: number
  /** Connections in a row that brought no event. */
  failures: number
}

/** Connects again and again, until it is aborted or the service refuses it for good. */
async function readOn(reader: FeedReader, progress: Progress, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    let lost: unknown
    try {
      await readConnection(reader, progress, signal)
    } catch (error) {
      if (signal.aborted || isRefusal(error)) return
      lost = error
    }
    await pause(Math.max(progress.retryMs, waitAfter(lost, ++progress.failures)), signal)
  }
}

function isRefusal(error: unknown): boolean {
  return error instanceof ApiProblem && !isPassing(error) && error.type !== 'unexpected'
}

/** Reads one connection to its end. Throws when it breaks off or stays silent for too long. */
async function readConnection(reader: FeedReader, progress: Progress, signal: AbortSignal): Promise<void> {
  const token = session.get()?.token
  const headers = {
    accept: 'text/event-stream',
    ...(progress.lastId !== undefined && { 'last-event-id': progress.lastId }),
  }
  const { feed } = createParser({
    onRetry(retryMs) {
      progress.retryMs = retryMs
    },
    onEvent({ event, id, data }) {
      try {
        if (event === 'submission') reader.onSubmission(JSON.parse(data) as Submission)
        if (event === 'reset') reader.onReset()
        if (event === 'end') end(JSON.parse(data) as FeedEnd, token)
      } catch {
        // An unreadable event counts as missed; the feed goes on.
        reader.onReset()
      }
      if (id !== undefined) Object.assign(progress, { lastId: id, failures: 0 })
    },
  })
  const silence = new AbortController()
  let timer = setTimeout(() => silence.abort(), SILENCE_MS)
  const write = (text: string) => {
    clearTimeout(timer)
    timer = setTimeout(() => silence.abort(), SILENCE_MS)
    feed(text)
  }
  try {
    const { body } = await openStream('/jotc/live', { headers, signal: AbortSignal.any([signal, silence.signal]) })
    await body?.pipeThrough(new TextDecoderStream()).pipeTo(new WritableStream({ write }))
  } catch (error) {
    throw error instanceof ApiProblem ? error : connectionLost(error)
  } finally {
    clearTimeout(timer)
  }
}

/** The caller connects again whatever the reason; without a session that is refused, which ends the feed. */
function end({ reason }: FeedEnd, token: string | undefined): void {
  if (reason === 'changed') void refreshAccount()
  if (token !== undefined && (reason === 'expired' || reason === 'revoked')) handleRefusedToken(token, false)
}
