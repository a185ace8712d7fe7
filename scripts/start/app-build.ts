import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { setTimeout as delay } from 'node:timers/promises'
import { Locked, lockFile } from '../../db/src/file-lock.ts'
import { ROOT } from './settings.ts'

const APP = join(ROOT, 'app')
const CACHE = join(ROOT, 'node_modules', '.cache', 'jotc')
/** Holds the hash of the build's inputs. It is in `dist`, so that it is removed with the build. */
const BUILT_FROM = join(APP, 'dist', '.built-from')
/** Everything that the app is built from. */
const INPUTS = ['app', 'core', 'package-lock.json']
const NO_INPUT = new Set(['dist', 'node_modules', 'test-results'])

/**
 * Builds the app, unless the existing build is up to date. Of several processes one builds, and the others use the
 * result.
 *
 * @param log is called before the build begins
 * @throws if the build fails; Vite's output is printed first
 */
export async function buildApp(log: (line: string) => void, stopped: AbortSignal): Promise<void> {
  const inputs = await hashOf(INPUTS)
  if (await isBuiltFrom(inputs)) return
  const lock = await waitForLock(stopped)
  try {
    if (await isBuiltFrom(inputs)) return
    log('Building the app (only after its sources change)')
    await build(stopped)
    await writeFile(BUILT_FROM, inputs)
  } finally {
    lock.release()
  }
}

async function build(signal: AbortSignal): Promise<void> {
  const build = spawn(process.execPath, ['build/build.ts'], {
    cwd: APP,
    signal,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const [[code], ...output] = await Promise.all([once(build, 'close'), text(build.stdout), text(build.stderr)])
  signal.throwIfAborted()
  if (code === 0) return
  console.error(output.join(''))
  throw new Error('the app did not build; see above')
}

async function isBuiltFrom(inputs: string): Promise<boolean> {
  return existsSync(BUILT_FROM) && (await readFile(BUILT_FROM, 'utf8')) === inputs
}

async function waitForLock(stopped: AbortSignal) {
  await mkdir(CACHE, { recursive: true })
  for (;;) {
    try {
      return lockFile(join(CACHE, 'app-build.lock'))
    } catch (error) {
      if (!(error instanceof Locked)) throw error
      await delay(100, undefined, { signal: stopped })
    }
  }
}

/** The SHA-256 of the names and contents of all files under the paths. */
async function hashOf(paths: string[]): Promise<string> {
  const hash = createHash('sha256')
  for (const path of paths) {
    for (const file of await filesUnder(path)) {
      const content = await readFile(join(ROOT, file))
      hash.update(`${file}\0${content.length}\0`).update(content)
    }
  }
  return hash.digest('hex')
}

async function filesUnder(path: string): Promise<string[]> {
  const entries = await readdir(join(ROOT, path), { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOTDIR') return undefined
    throw error
  })
  if (!entries) return [path]
  const inner = entries.filter(({ name }) => !NO_INPUT.has(name)).map(({ name }) => `${path}/${name}`)
  return (await Promise.all(inner.sort().map(filesUnder))).flat()
}
