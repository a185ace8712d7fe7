import { execFile } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { temporaryFolder } from '@jotc/testing/folder'

/**
 * What the database gives who has no service at all: one statement, prepared, over and over by PostgreSQL's own load
 * generator.
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
  writeFileSync(script, statement)
  const load = ['--client', String(clients), '--jobs', '2', '--time', String(Math.ceil(seconds))]
  try {
    const command = ['--no-vacuum', '--protocol', 'prepared', '--file', script, ...load, databaseUrl]
    const { stdout } = await promisify(execFile)('pgbench', command)
    return Number(/^tps = ([\d.]+)/m.exec(stdout)?.[1])
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
