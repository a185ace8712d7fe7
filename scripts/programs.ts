import { type SpawnSyncOptions, spawnSync } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

const CHROMIUM = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

/** Programs that some tests need beyond npm: possible names, and the Debian package. */
const PROGRAMS = {
  /** Renders as for people, which benchmarks measure. */
  chromium: { names: CHROMIUM, debian: 'chromium' },
  /** Opens a page in a third of the CPU time. */
  headlessChromium: { names: ['chromium-headless-shell', ...CHROMIUM], debian: 'chromium-headless-shell' },
  redis: { names: ['redis-server'], debian: 'redis-server' },
  locust: { names: ['locust'], debian: 'python3-locust' },
  pgbouncer: { names: ['pgbouncer'], debian: 'pgbouncer' },
} as const

/**
 * The path of a program, which root on Debian installs if it is missing. Undefined if it is not available: tests that
 * need it are then skipped by name, or fail if `CI` is set.
 */
export function ensureProgram(program: keyof typeof PROGRAMS): string | undefined {
  const { names, debian } = PROGRAMS[program]
  const found = find(names)
  if (found !== undefined || process.getuid?.() !== 0 || find(['apt-get']) === undefined) return found
  console.log(`Installing ${debian}, which some tests need …`)
  const options: SpawnSyncOptions = {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  }
  spawnSync('apt-get', ['update', '-qq'], options)
  spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', debian], options)
  return find(names)
}

function find(names: readonly string[]): string | undefined {
  const { PATH = '' } = process.env
  const candidates = names.flatMap((name) => PATH.split(delimiter).map((folder) => join(folder, name)))
  return candidates.find((path) => {
    try {
      accessSync(path, constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}
