import type { FeedEnd, Submission } from '@jotc/core/api/jotc'
import { createParser } from 'eventsource-parser'
import { refreshAccount } from '#api/account-refresh.ts'
import { backoff, pause } from '#api/backoff.ts'
import { ApiProblem, Unreachable } from '#api/errors.ts'
import { handleRefusedToken } from '#api/refused-token.ts'
import { session } from '#api/session.ts'
import { connectionLost, openStream, TryLater } from '#api/stream.ts'

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
export function readFeed(reader: FeedReader): () => void {
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
    let wait = reached.retry
    try {
      await readConnection(reader, reached, signal)
    } catch (error) {
      if (signal.aborted) return
      if (error instanceof TryLater) wait = error.milliseconds
      else if (error instanceof ApiProblem && error.status < 500) return
      else if (!(error instanceof ApiProblem || error instanceof Unreachable)) throw error
    }
    await pause(Math.max(wait, backoff(++reached.failures)), signal)
  }
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
      if (event === 'submission') reader.onSubmission(JSON.parse(data) as Submission)
      if (event === 'reset') reader.onReset()
      if (event === 'end') end(JSON.parse(data) as FeedEnd, token)
      if (id !== undefined) Object.assign(reached, { place: id, failures: 0 })
    },
  })
  for await (const text of textsOf(answer, silence)) feed(text)
}

/** What an answer brings, as it comes. */
async function* textsOf({ body }: Response, silence: AbortController): AsyncGenerator<string> {
  const bytes = (body as ReadableStream<Uint8Array<ArrayBuffer>>).getReader()
  const decoder = new TextDecoder()
  for (;;) {
    const { done, value } = await unlessSilent(silence, bytes.read())
    if (done) return
    yield decoder.decode(value, { stream: true })
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
