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

/** Of more than that it is only said that there are many. */
const MOST = 1000

type Arrivals = { each: readonly Submission[]; areTooMany: boolean }

const NONE: Arrivals = { each: [], areTooMany: false }

/** What the list shows, and when it was read: 0 while that is still on its way. */
type Shown = { page: SubmissionPage | undefined; readAt: number }

/**
 * How many submissions arrived since the list was read that belong in it and do not stand in it; `many` where there
 * are too many to be counted. Reading the list anew takes them in.
 */
export function useLiveSubmissions(filters: Filters, { page, readAt }: Shown, { user }: Session): number | 'many' {
  const [arrivals, setArrivals] = useState(NONE)
  useEffect(() => {
    if (readAt > 0) setArrivals(NONE)
  }, [readAt])
  useEffect(
    () =>
      readFeed({
        onSubmission: (submission) => setArrivals((before) => withArrival(before, submission)),
        onReset: () => setArrivals({ each: [], areTooMany: true }),
      }),
    [],
  )

  if (arrivals.areTooMany) return 'many'
  const isAdmin = user.role === 'admin'
  const shown = new Set(page?.items.map(({ id }) => id))
  const isNewestFirst = filters.page === 1 && filters.sortBy === 'createdAt' && filters.sort === 'desc'
  // Such a list has all that is older than its first row: what comes late, after a pause of the feed, is in it.
  const oldest = (isNewestFirst && page?.items[0]?.createdAt) || ''
  return arrivals.each.filter(
    (submission) =>
      submission.createdAt >= oldest && !shown.has(submission.id) && matches(filters, submission, TIME_ZONE, isAdmin),
  ).length
}

function withArrival({ each, areTooMany }: Arrivals, submission: Submission): Arrivals {
  const others = each.filter(({ id }) => id !== submission.id)
  return areTooMany || others.length >= MOST
    ? { each: [], areTooMany: true }
    : { each: [...others, submission], areTooMany }
}

/** The service sends something every 15 s; a connection that is silent for longer is dead. */
const SILENCE = 40_000

type FeedReader = {
  onSubmission: (submission: Submission) => void
  /** Too much was missed to be told one by one. */
  onReset: () => void
}

/**
 * Reads the live feed of submissions, until the returned function is called.
 *
 * Promises: a connection that is lost is opened again after a pause that grows and differs from browser to browser,
 * at the place where it was lost; a hidden tab holds no connection; when the session ends, it is over.
 * `EventSource` cannot send a token, hence `fetch`.
 */
function readFeed(reader: FeedReader): () => void {
  const reached: Reached = { place: undefined, retry: 0, failures: 0 }
  let reading: AbortController | undefined
  const stop = () => {
    reading?.abort()
    reading = undefined
  }
  const readWhileSeen = () => {
    if (document.hidden) return stop()
    if (reading) return
    reading = new AbortController()
    void readOn(reader, reached, reading.signal)
  }
  readWhileSeen()
  document.addEventListener('visibilitychange', readWhileSeen)
  return () => {
    document.removeEventListener('visibilitychange', readWhileSeen)
    stop()
  }
}

type Reached = {
  /** The id of the last event that had one. */
  place: string | undefined
  /** How long the service asks to be left alone after a connection (milliseconds). */
  retry: number
  /** How many connections failed since one brought something. */
  failures: number
}

/** One connection after the other, until it is given up or the service refuses it for good. */
async function readOn(reader: FeedReader, reached: Reached, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    let lost: unknown
    try {
      await readConnection(reader, reached, signal)
    } catch (error) {
      if (signal.aborted || isRefusal(error)) return
      lost = error
    }
    await pause(Math.max(reached.retry, waitAfter(lost, ++reached.failures)), signal)
  }
}

function isRefusal(error: unknown): boolean {
  return error instanceof ApiProblem && !isPassing(error) && error.type !== 'unexpected'
}

/** Until it ends. Throws when it breaks off, or brings nothing for too long. */
async function readConnection(reader: FeedReader, reached: Reached, signal: AbortSignal): Promise<void> {
  const silence = new AbortController()
  const token = session.get()?.token
  const headers = {
    accept: 'text/event-stream',
    ...(reached.place !== undefined && { 'last-event-id': reached.place }),
  }
  const opening = openStream('/jotc/live', { headers, signal: AbortSignal.any([signal, silence.signal]) })
  const answer = await unlessSilent(silence, opening)
  const { feed } = createParser({
    onRetry: (milliseconds) => Object.assign(reached, { retry: milliseconds }),
    onEvent({ event, id, data }) {
      try {
        if (event === 'submission') reader.onSubmission(JSON.parse(data) as Submission)
        if (event === 'reset') reader.onReset()
        if (event === 'end') end(JSON.parse(data) as FeedEnd, token)
      } catch {
        // What cannot be read was missed, and the feed goes on.
        reader.onReset()
      }
      if (id !== undefined) Object.assign(reached, { place: id, failures: 0 })
    },
  })
  for await (const text of textsOf(answer, silence)) feed(text)
}

/** What an answer brings, as it comes. */
async function* textsOf({ body }: Response, silence: AbortController): AsyncGenerator<string> {
  const bytes = (body as ReadableStream<Uint8Array<ArrayBuffer>>).getReader()
  const decoder = new TextDecoder()
  try {
    for (;;) {
      const { done, value } = await unlessSilent(silence, bytes.read())
      if (done) return
      yield decoder.decode(value, { stream: true })
    }
  } finally {
    // Whoever stops reading ends the request; one that broke off has ended already.
    bytes.cancel().catch(() => {})
  }
}

/** Gives the connection up when what is awaited of it takes too long. */
function unlessSilent<Brought>(silence: AbortController, awaited: Promise<Brought>): Promise<Brought> {
  const timer = setTimeout(() => silence.abort(), SILENCE)
  return awaited
    .catch((error: unknown) => {
      throw error instanceof ApiProblem ? error : connectionLost(error)
    })
    .finally(() => clearTimeout(timer))
}

/** Whatever the reason, it is tried again; without a session that is refused, and over. */
function end({ reason }: FeedEnd, token: string | undefined): void {
  if (reason === 'changed') void refreshAccount()
  if (token !== undefined && (reason === 'expired' || reason === 'revoked')) handleRefusedToken(token, false)
}
