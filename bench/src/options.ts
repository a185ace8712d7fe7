import { parseArgs } from 'node:util'

/** How much is measured. */
export type Options = {
  /** How often both sides are measured in turn. */
  rounds: number
  /** Of one measuring of one side. */
  seconds: number
  /** Connections of the load generator. */
  clients: number
  /** Requests a second where the rate is fixed; left out: 70 % of what the baseline can do. */
  rate: number | undefined
  /** Processes of the service, and of the baseline. */
  workers: number
  /** Submissions (list, export), lines of the file (batch) or people (login); left out: the scenario's own number. */
  rows: number | undefined
  /** How often each kind of query is asked on each side, over all rounds (list). */
  samples: number
  /** Whether a browser, too, looks at the app. */
  browser: boolean
  /** A folder for the CPU profiles of the service under test. */
  profile: string | undefined
}

type Numbers = 'rounds' | 'seconds' | 'clients' | 'rate' | 'workers' | 'rows' | 'samples'

export const DEFAULTS: Options = {
  rounds: 5,
  seconds: 4,
  clients: 64,
  rate: undefined,
  workers: 1,
  rows: undefined,
  samples: 100,
  browser: true,
  profile: undefined,
}

export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** `name` is left out where none is given. @throws {UsageError} in one line */
export function readArguments(args: string[]): { name: string | undefined; json: boolean; options: Options } {
  const number = { type: 'string' } as const
  const parsed = () =>
    parseArgs({
      args,
      allowPositionals: true,
      allowNegative: true,
      options: {
        json: { type: 'boolean', default: false },
        rounds: number,
        seconds: number,
        clients: number,
        rate: number,
        workers: number,
        rows: number,
        samples: number,
        browser: { type: 'boolean', default: DEFAULTS.browser },
        profile: { type: 'string' },
      },
    })
  const { values, positionals } = orUsage(parsed)
  const [name, ...more] = positionals
  if (more.length > 0) throw new UsageError('Say which one scenario to run.')
  const of = (option: Numbers) => positive(option, values[option])
  return {
    name,
    json: values.json,
    options: {
      rounds: of('rounds') ?? DEFAULTS.rounds,
      seconds: of('seconds') ?? DEFAULTS.seconds,
      clients: of('clients') ?? DEFAULTS.clients,
      rate: of('rate'),
      workers: of('workers') ?? DEFAULTS.workers,
      rows: of('rows'),
      samples: of('samples') ?? DEFAULTS.samples,
      browser: values.browser,
      profile: values.profile,
    },
  }
}

function positive(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const value = Number(text)
  const isWhole = option === 'seconds' || Number.isInteger(value)
  if (!(value > 0) || !Number.isFinite(value) || !isWhole) {
    throw new UsageError(
      `--${option} is “${text}”. It must be a ${option === 'seconds' ? '' : 'whole '}number above 0.`,
    )
  }
  return value
}

function orUsage<Value>(parse: () => Value): Value {
  try {
    return parse()
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error })
  }
}
