import { BoardFileReader } from '@jotc/core/board-file'
import type { Entry, FileFormat } from '@jotc/core/board-file/entry'
import type { FileFault } from '@jotc/core/board-file/faults'
import { newIdempotencyKey } from '#api/idempotency-key.ts'

export type Slice = {
  /** A UUID from which the service makes the ids of its boards: sent again, they are recorded once. */
  key: string
  entries: readonly Entry[]
}

const MAX_ENTRIES = 500
const MAX_CLOUDS = 256 * 1024
/** Bytes that are read at once: the page answers in between. */
const PIECE = 64 * 1024

type Examined = {
  format: FileFormat | undefined
  /** How many boards there are, and places where one should be. */
  total: number
  fault: FileFault | undefined
}

/** Reads a file to its end: what it is, how much is in it, and whether it can be read at all. */
export async function examine(file: Blob, signal: AbortSignal): Promise<Examined> {
  const reader = new BoardFileReader()
  let total = 0
  for await (const entries of entriesOf(file, reader)) {
    if (signal.aborted) break
    total += entries.length
  }
  return { format: reader.format, total, fault: reader.fault }
}

/**
 * Cuts a file into slices as it is read: some hundred boards each, so that progress is seen and little is lost with a
 * connection.
 */
export async function* slicesOf(file: Blob): AsyncGenerator<Slice> {
  let entries: Entry[] = []
  let clouds = 0
  const cut = (): Slice => {
    const slice = { key: newIdempotencyKey(), entries }
    entries = []
    clouds = 0
    return slice
  }
  for await (const read of entriesOf(file, new BoardFileReader())) {
    for (const entry of read) {
      entries.push(entry)
      clouds += 'board' in entry ? entry.board.length : 0
      if (entries.length === MAX_ENTRIES || clouds >= MAX_CLOUDS) yield cut()
    }
  }
  if (entries.length > 0) yield cut()
}

async function* entriesOf(file: Blob, reader: BoardFileReader): AsyncGenerator<Entry[]> {
  const stream = file.stream().getReader()
  try {
    for (;;) {
      const { done, value } = await stream.read()
      if (done) break
      for (let from = 0; from < value.length; from += PIECE) yield reader.read(value.subarray(from, from + PIECE))
      if (reader.fault) return
    }
    yield reader.read(undefined)
  } finally {
    await stream.cancel()
  }
}
