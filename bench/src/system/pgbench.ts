import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { temporaryFolder } from './folder.ts'

const run = promisify(execFile)

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
  using folder = temporaryFolder()
  const script = join(folder.path, 'script.sql')
  await writeFile(script, statement)
  const load = ['--client', String(clients), '--jobs', '2', '--time', String(Math.ceil(seconds))]
  const args = ['--no-vacuum', '--protocol', 'prepared', '--file', script, ...load, databaseUrl]
  try {
    const { stdout } = await run('pgbench', args)
    return Number(/^tps = ([\d.]+)/m.exec(stdout)?.[1])
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
