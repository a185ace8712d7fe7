import type { BatchAnswer } from '@jotc/core/api/jotc'
import { ApiProblem, connectionLost, openStream, Unreachable } from '#api/client.ts'
import { isPassing, pause, waitAfter } from '#api/retry.ts'
import { linesOf } from './lines.ts'
import { bodyOf, type Slice } from './slices.ts'

const TIMEOUT_MS = 60_000

type Asking = {
  /** The last line of the file whose answer is there already. */
  after: number
  signal: AbortSignal
  /** The service is out of reach or busy: it is asked again in a moment. */
  onWait: () => void
}

/**
 * The answers of the service to a slice, each once and in the order of its lines, as they come.
 *
 * A passing failure is waited out, for as long as it takes; then the slice is sent again under the same key, so
 * that nothing is recorded twice, and what was answered before is passed over. Throws what does not pass.
 */
export async function* answersTo(slice: Slice, { after, signal, onWait }: Asking): AsyncGenerator<BatchAnswer> {
  let last = after
  let failures = 0
  for (;;) {
    try {
      for await (const answer of send(slice, signal)) {
        if (answer.line <= last) continue
        last = answer.line
        failures = 0
        yield answer
      }
      return
    } catch (error) {
      if (signal.aborted || !isPassing(error)) throw error
      onWait()
      await pause(waitAfter(error, ++failures), signal)
      if (signal.aborted) throw error
    }
  }
}

/** One attempt. The lines of its answers are counted from the beginning of the file. */
async function* send(slice: Slice, signal: AbortSignal): AsyncGenerator<BatchAnswer> {
  const attempt = AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)])
  const headers = {
    'content-type': 'application/x-ndjson',
    accept: 'application/x-ndjson',
    'idempotency-key': slice.key,
  }
  try {
    const answer = await openStream('/jotc/batch', { method: 'POST', headers, body: bodyOf(slice), signal: attempt })
    for await (const texts of linesOf(answer.body as ReadableStream<Uint8Array<ArrayBuffer>>)) {
      for (const text of texts) {
        const read = JSON.parse(text) as BatchAnswer
        yield { ...read, line: slice.firstLine - 1 + read.line }
      }
    }
  } catch (error) {
    if (error instanceof ApiProblem || error instanceof Unreachable || signal.aborted) throw error
    throw connectionLost(error)
  }
}
