import type { FeedEnd, Submission } from '@jotc/core/api/jotc'
import { invalidInput } from '../../http/errors.ts'
import { isInstant } from '../filter.ts'

/** A submission's place in the order of time. */
export type Moment = { createdAt: string; id: string }

/** Server-sent events (WHATWG HTML, 9.2). Only those with a place move the point from which a reader resumes. */
export const heartbeat = ':\n\n'

/** The first event: what is recorded from here on follows. Lost at once, a reader resumes from here. */
export function readyEvent(place: Moment, retry: number): string {
  return `retry: ${retry}\nevent: ready\nid: ${eventId(place)}\ndata: {}\n\n`
}

export function submissionEvent(submission: Submission): string {
  const id = eventId(submission)
  return `event: submission\nid: ${id}\ndata: ${JSON.stringify(submission)}\n\n`
}

/** Too much was missed to be sent: the list is to be read anew. What follows comes after `place`. */
export function resetEvent(place: Moment): string {
  return `event: reset\nid: ${eventId(place)}\ndata: {}\n\n`
}

/** The last event. */
export function endEvent(end: FeedEnd): string {
  return `event: end\ndata: ${JSON.stringify(end)}\n\n`
}

/** Whether a submission comes after another in the order of time. */
export function isAfter(one: Moment, other: Moment): boolean {
  return one.createdAt === other.createdAt ? one.id > other.id : one.createdAt > other.createdAt
}

/** Reads the header `Last-Event-ID`. @throws {HttpError} when it is not the id of an event of a feed */
export function readEventId(id: string): Moment {
  const [, createdAt, submissionId] = EVENT_ID.exec(id) ?? []
  if (createdAt === undefined || submissionId === undefined || !isInstant(createdAt)) {
    throw invalidInput([{ field: 'last-event-id', message: 'Use the id of an event of this feed as “Last-Event-ID”.' }])
  }
  return { createdAt, id: submissionId }
}

const EVENT_ID = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)_([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/

function eventId({ createdAt, id }: Moment): string {
  return `${createdAt}_${id}`
}
