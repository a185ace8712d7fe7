import { finished } from 'node:stream/promises'
import { run } from 'node:test'
import { spec } from 'node:test/reporters'

export type Counts = { passed: number; failed: number; skipped: number }

/** Runs test files, each in a process of its own, and prints their results. @param options of `run` of `node:test` */
export async function runNodeTests(options: NonNullable<Parameters<typeof run>[0]>): Promise<Counts> {
  const tests = run(options)
  // Stands if the run ends without a summary.
  let counts: Counts = { passed: 0, failed: 1, skipped: 0 }
  tests.on('test:summary', ({ file, counts: { tests: total, passed, skipped, todo } }) => {
    // The summary of a single file names it; that of the run does not.
    if (file === undefined) counts = { passed, failed: total - passed - skipped - todo, skipped: skipped + todo }
  })
  const lines = tests.compose(spec)
  lines.pipe(process.stdout, { end: false })
  await finished(lines)
  return counts
}
