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

/** `names` are what is no option. @throws where an option is none, or its value is wrong */
export function readArguments(args: string[]): { names: string[]; options: Options } {
  const [text, flag] = [{ type: 'string' }, { type: 'boolean' }] as const
  const numbers = { rounds: text, seconds: text, clients: text, rate: text, workers: text, rows: text, samples: text }
  const known = { ...numbers, only: text, profile: text, browser: flag }
  const { values, positionals } = parseArgs({ args, allowPositionals: true, allowNegative: true, options: known })
  const { browser = true, only = '', profile } = values
  const options = { ...DEFAULTS, browser, only, profile }
  for (const option of NUMBERS) {
    const value = values[option]
    if (value === undefined) continue
    if (!(Number(value) > 0)) throw new Error(`--${option} is “${value}”. It must be a number above 0.`)
    options[option] = Number(value)
  }
  return { names: positionals, options }
}
