import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { temporaryFolder } from '@jotc/testing/folder'

/**
 * Runs one statement, prepared, over and over by PostgreSQL's own load generator.
 *
 * @returns transactions a second, or undefined where the machine has no pgbench
 */
export async function pgbench(
  databaseUrl: string,
  statement: string,
  { clients, seconds }: { clients: number; seconds: number },
): Promise<number | undefined> {
  using folder = temporaryFolder('pgbench')
  const script = join(folder.path, 'script.sql')
  await writeFile(script, statement)
  const load = ['--client', String(clients), '--jobs', '2', '--time', String(Math.ceil(seconds))]
  const output = await run('pgbench', ['--no-vacuum', '--protocol', 'prepared', '--file', script, ...load, databaseUrl])
  return output === undefined ? undefined : Number(/^tps = ([\d.]+)/m.exec(output)?.[1])
}

/**
 * Copies what a query gives to nowhere, as CSV, by psql's `\copy`.
 *
 * @returns seconds, or undefined where the machine has no psql
 */
export async function copyOut(databaseUrl: string, query: string): Promise<number | undefined> {
  const begun = performance.now()
  const copy = `\\copy (${query}) to /dev/null csv`
  const output = await run('psql', ['--no-psqlrc', '--quiet', '--command', copy, databaseUrl])
  return output === undefined ? undefined : (performance.now() - begun) / 1000
}

/** @returns what the program wrote, or undefined where it is not on this machine */
async function run(program: string, args: string[]): Promise<string | undefined> {
  try {
    return (await promisify(execFile)(program, args)).stdout
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
