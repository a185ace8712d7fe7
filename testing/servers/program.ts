import { type ChildProcess, type SpawnOptions, spawn, spawnSync } from 'node:child_process'

const { CI } = process.env

/** Why tests that need a program cannot run here, for `test(…, { skip })`. Where CI is true they run and fail instead. */
export function missing(program: string): string | false {
  return CI !== 'true' && spawnSync(program, ['--version']).error ? `${program} is not installed` : false
}

/** Starts a program. Resolves once it has written `ready`. @throws with all that it wrote, when it ends before */
export async function start(
  program: string,
  args: readonly string[],
  ready: string,
  options: SpawnOptions = {},
): Promise<ChildProcess> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
  let written = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk) => {
      written += chunk
      if (written.includes(ready)) resolve()
    })
  }
  child.once('error', reject)
  child.once('exit', () => reject(new Error(`${program} ended:\n${written}`)))
  await promise
  return child
}
