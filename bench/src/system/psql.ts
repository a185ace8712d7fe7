import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)

/**
 * Copies what a query gives to nowhere, as CSV, by psql's `\copy`.
 *
 * @returns seconds, or undefined where the machine has no psql
 */
export async function copyOut(databaseUrl: string, query: string): Promise<number | undefined> {
  const begun = performance.now()
  try {
    await run('psql', ['--no-psqlrc', '--quiet', '--command', `\\copy (${query}) to /dev/null csv`, databaseUrl])
    return (performance.now() - begun) / 1000
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
