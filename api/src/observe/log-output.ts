import type { Writable } from 'node:stream'
import { setTimeout as wait } from 'node:timers/promises'
import fp from 'fastify-plugin'
import type { DestinationStream } from 'pino'

/** Bytes that a pipe takes whole or not at all, so that lines of several workers do not mix. */
const PIECE = 4_096
/** UTF-16 units that may wait for a reader: some ten thousand lines. */
const MOST_WAITING = 4 * 1024 * 1024
/** How long a process that ends waits for a reader, in milliseconds. */
const WRITTEN_WITHIN = 500

export type LogOutput = DestinationStream & {
  /** Lines so far, by what became of them. */
  readonly lines: Readonly<Record<'written' | 'dropped', number>>
  /** Resolves when nothing waits any more, or after half a second. */
  written(): Promise<void>
}

/**
 * Where lines of the log go: whatever reads it, it never stops the service.
 *
 * Promises (log-output.test.ts): a reader that stalls is waited for by lines, and not by who writes them; those beyond
 * 4 MB are dropped and counted. A reader that is gone is the end of the log alone. (Why not pino’s own destination:
 * docs/decisions/016.)
 */
export function logOutput(to: Writable): LogOutput {
  const lines = { written: 0, dropped: 0 }
  let waiting: string[] = []
  let size = 0
  let isWriting = false
  let isGone = false
  let idle = Promise.withResolvers<void>()

  to.on('error', () => {
    isGone = true
  })

  function next(): void {
    if (waiting.length === 0) {
      isWriting = false
      idle.resolve()
      idle = Promise.withResolvers()
      return
    }
    const count = fitting(waiting)
    const piece = waiting.slice(0, count).join('')
    waiting = waiting.slice(count)
    size -= piece.length
    to.write(piece, (error) => {
      lines[error ? 'dropped' : 'written'] += count
      next()
    })
  }

  return {
    lines,
    write(line) {
      if (isGone || size + line.length > MOST_WAITING) {
        lines.dropped++
        return
      }
      waiting.push(line)
      size += line.length
      if (isWriting) return
      isWriting = true
      // Lines of one turn of the event loop are one write: alone, each would cost as much as answering a small request.
      setImmediate(next)
    },
    async written() {
      if (isWriting) await Promise.race([idle.promise, wait(WRITTEN_WITHIN, undefined, { ref: false })])
    },
  }
}

/** How many of the lines go into one piece: one at least. */
function fitting(lines: readonly string[]): number {
  let bytes = 0
  const beyond = lines.findIndex((line, index) => {
    bytes += Buffer.byteLength(line)
    return bytes > PIECE && index > 0
  })
  return beyond === -1 ? lines.length : beyond
}

/** Counts the lines; closing the service waits for them. */
export const logOutputs = fp<{ output: LogOutput }>(
  async (api, { output }) => {
    api.metrics.counts('jotc_log_lines_total', 'Lines of the log.', 'outcome', () => output.lines)
    api.addHook('onClose', async () => await output.written())
  },
  { name: 'logOutputs', dependencies: ['metrics'] },
)
