import { parseArgs } from 'node:util'

/** How much is measured. */
export const DEFAULTS = {
  /** How often both sides are measured in turn. */
  rounds: 5,
  /** Of one measuring of one side. */
  seconds: 3,
  /** Connections of the load generator. */
  clients: 64,
  /** Requests a second where the rate is fixed; left out: 70 % of what the baseline can do. */
  rate: undefined as number | undefined,
  /** Processes of the service, and of the baseline. */
  workers: 1,
  /** Submissions (list, export), lines of the file (batch) or people (login); left out: the scenario's own number. */
  rows: undefined as number | undefined,
  /** How often each kind of query is asked on each side, over all rounds (list). */
  samples: 100,
  /** Kinds of queries whose names have this part (list). */
  only: '',
  /** Whether a browser, too, looks at the app. */
  browser: true,
  /** A folder for the CPU profiles of the service under test. */
  profile: undefined as string | undefined,
}

export type Options = typeof DEFAULTS

const NUMBERS = ['rounds', 'seconds', 'clients', 'rate', 'workers', 'rows', 'samples'] as const

export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** `name` is left out where none is given. @throws {UsageError} in one line */
export function readArguments(args: string[]): { name: string | undefined; json: boolean; options: Options } {
  const { values, positionals } = parse(args)
  const [name, ...more] = positionals
  if (more.length > 0) throw new UsageError('Say which one scenario to run.')
  const { browser = true, json = false, only = '', profile } = values
  const options = { ...DEFAULTS, browser, only, profile }
  for (const option of NUMBERS) options[option] = positive(option, values[option]) ?? (options[option] as number)
  return { name, json, options }
}

function parse(args: string[]) {
  const [text, flag] = [{ type: 'string' }, { type: 'boolean' }] as const
  const numbers = { rounds: text, seconds: text, clients: text, rate: text, workers: text, rows: text, samples: text }
  const options = { ...numbers, only: text, profile: text, json: flag, browser: flag }
  try {
    return parseArgs({ args, allowPositionals: true, allowNegative: true, options })
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error })
  }
}

function positive(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const value = Number(text)
  const kind = option === 'seconds' ? 'number' : 'whole number'
  if (value > 0 && Number.isFinite(value) && (kind === 'number' || Number.isInteger(value))) return value
  throw new UsageError(`--${option} is “${text}”. It must be a ${kind} above 0.`)
}
