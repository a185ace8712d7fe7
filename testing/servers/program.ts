import { type SpawnOptions, spawn, spawnSync } from 'node:child_process'

const { CI } = process.env

/** Why tests that need a program cannot run here, for `test(…, { skip })`. Where CI is true they run and fail instead. */
export function missing(program: string): string | false {
  return CI !== 'true' && spawnSync(program, ['--version']).error ? `${program} is not installed` : false
}

/** Starts a program. Resolves with the match once it has written `ready`. @throws with all of it, when it ends before */
export async function start(program: string, args: readonly string[], ready: RegExp, options: SpawnOptions = {}) {
  const { promise, resolve, reject } = Promise.withResolvers<RegExpExecArray>()
  const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
  let written = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk) => {
      written += chunk
      const found = ready.exec(written)
      if (found) resolve(found)
    })
  }
  child.once('error', reject)
  child.once('exit', () => reject(new Error(`${program} ended:\n${written}`)))
  return { child, found: await promise }
}
