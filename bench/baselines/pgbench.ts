import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { temporaryFolder } from '@jotc/testing/folder'
import { outputOf } from '../src/measure/program.ts'

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
  const output = await outputOf('pgbench', ['--no-vacuum', '-M', 'prepared', '--file', script, ...load, databaseUrl])
  return output === undefined ? undefined : Number(/^tps = ([\d.]+)/m.exec(output)?.[1])
}
