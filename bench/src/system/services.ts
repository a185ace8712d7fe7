import { fileURLToPath } from 'node:url'
import type { Options } from '../options.ts'
import { type Running, startProgram } from './process.ts'

const SERVICE = fileURLToPath(new URL('../../../api/src/main.ts', import.meta.url))
const SECRET = 'a secret that only the benchmarks use'
const WITHOUT_LIMIT = String(1_000_000_000)

type Needs = { databaseUrl: string; redisUrl?: string; emailableUrl?: string }

/**
 * Ours as an operator would run it: in production mode, with a log line for each request, the limits there but out of
 * reach. Sign-in is by details, for a code in a mail is nothing to measure.
 */
export async function startService({ databaseUrl, redisUrl, emailableUrl }: Needs, options: Options): Promise<Running> {
  const { workers, profile } = options
  return await startProgram({
    file: SERVICE,
    path: '/health/ready',
    execArgv: profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profile}`],
    env: (port, folder) => ({
      APP_ENV: 'production',
      API_PORT: String(port),
      DATA_DIR: folder,
      DATABASE_URL: databaseUrl,
      ...(redisUrl !== undefined && { REDIS_URL: redisUrl }),
      SIGN_IN: 'details',
      ...(emailableUrl === undefined
        ? { EMAIL_VERIFICATION: 'off' }
        : { EMAILABLE_URL: emailableUrl, EMAILABLE_API_KEY: 'key-of-the-stand-in' }),
      JWT_SECRETS: SECRET,
      RATE_LIMIT: WITHOUT_LIMIT,
      RATE_LIMIT_LOGIN: WITHOUT_LIMIT,
      WORKERS: String(workers),
    }),
  })
}

/** Starts a plain service of `bench/baselines`; it is given its port, how many processes to be, and these arguments. */
export async function startBaseline(name: 'login' | 'post', workers: number, ...args: string[]): Promise<Running> {
  return await startProgram({
    file: fileURLToPath(new URL(`../../baselines/${name}.ts`, import.meta.url)),
    path: '/health',
    args: (port) => [String(port), String(workers), ...args],
  })
}
