import type { TestEvent } from 'node:test/reporters'

/** A reporter for `node --test` that only writes the final counts, as JSON. */
export default async function* counts(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  for await (const { type, data } of events) {
    // The summary of a single file names it; that of the run does not.
    if (type !== 'test:summary' || data.file !== undefined) continue
    const { tests, passed, skipped, todo } = data.counts
    yield JSON.stringify({ passed, failed: tests - passed - skipped - todo, skipped: skipped + todo })
  }
}
