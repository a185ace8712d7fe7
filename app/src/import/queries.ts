import type { BatchAnswer } from '@jotc/core/api/jotc'
import type { Board } from '@jotc/core/board'
import { ApiProblem, connectionLost, openStream, Unreachable } from '#api/client.ts'
import { isPassing, pause, waitAfter } from '#api/retry.ts'
import { linesOf } from '#ui/browser/files.ts'

const TIMEOUT_MS = 60_000

type Asking = {
  /** A UUID under which the boards are recorded once, however often they are sent. */
  key: string
  /** How many of them are answered already. */
  answered: number
  signal: AbortSignal
  /** The service is out of reach or busy: it is asked again in a moment. */
  onWait: () => void
}

/**
 * The answers of the service to these boards, each once and in their order, as they come.
 *
 * A passing failure is waited out, for as long as it takes; then they are sent again under the same key, so that
 * nothing is recorded twice, and what was answered before is passed over. Throws what does not pass.
 */
export async function* answersTo(
  boards: readonly Board[],
  { key, answered, signal, onWait }: Asking,
): AsyncGenerator<BatchAnswer> {
  let last = answered
  let failures = 0
  while (last < boards.length) {
    try {
      for await (const answer of send(boards, key, signal)) {
        if (answer.line <= last) continue
        last = answer.line
        failures = 0
        yield answer
      }
      if (last < boards.length) throw connectionLost(new Error('an answer without all of its lines'))
    } catch (error) {
      if (signal.aborted || !isPassing(error)) throw error
      onWait()
      await pause(waitAfter(error, ++failures), signal)
      if (signal.aborted) throw error
    }
  }
}

/** One attempt. The lines of its answers are the boards, counted from 1. */
async function* send(boards: readonly Board[], key: string, signal: AbortSignal): AsyncGenerator<BatchAnswer> {
  const attempt = AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)])
  const headers = { 'content-type': NDJSON, accept: NDJSON, 'idempotency-key': key }
  const body = boards.map((board) => `"${board}"\n`).join('')
  try {
    const answer = await openStream('/jotc/batch', { method: 'POST', headers, body, signal: attempt })
    for await (const lines of linesOf(answer.body as ReadableStream<Uint8Array<ArrayBuffer>>)) {
      for (const line of lines) yield JSON.parse(line) as BatchAnswer
    }
  } catch (error) {
    if (error instanceof ApiProblem || error instanceof Unreachable || signal.aborted) throw error
    throw connectionLost(error)
  }
}

const NDJSON = 'application/x-ndjson'
