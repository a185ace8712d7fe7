import { SORT_KEYS } from '@jotc/core/api/jotc'
import { quantile } from '@jotc/testing/load'
import { type Figure, ratioOf, type Scenario } from '../figure.ts'
import { alternate } from '../measure/alternate.ts'
import type { Options } from '../options.ts'
import { type FilledService, openFilledService, openPostgres } from '../system/services.ts'

const FEW = 10_000
const MANY = 1_000_000
/** A kind of query that is slow is asked less often: each has so long, on each side. */
const PATIENCE_MS = 10_000
const DEEP = 1000

/**
 * `GET /jotc` of an administrator: every sort with every kind of filter on `--rows` submissions against the same on ten
 * thousand, and the thousandth page by cursor against the first. One reader asks one thing at a time, ours and the
 * baseline's in turn: what is measured is what a query costs, not a queue.
 */
export const list: Scenario = async (options, say) => {
  const rows = options.rows ?? MANY
  const fewer = Math.min(FEW, rows)
  await using open = new AsyncDisposableStack()
  await openPostgres(open)
  const many = await openFilledService(open, rows, options, say)
  const few = await openFilledService(open, fewer, options, say)
  const figures: Record<'p99' | 'median', Figure[]> = { p99: [], median: [] }
  for (const { name, path } of listQueries(Date.now()).filter(({ name }) => name.includes(options.only))) {
    const { p99, median } = await compare(name, timed(many, path), timed(few, path), options)
    say(`${median.ratio.toFixed(1)} times, ${median.ours.toFixed(1)} ms: ${median.what}`)
    figures.p99.push(p99)
    figures.median.push(median)
  }
  const { cursor, page } = await walk(many, DEEP)
  const what = `page ${page} by cursor against the first`
  const deep = await compare(what, timed(many, `/jotc?cursor=${cursor}`), timed(many, '/jotc'), options)
  return {
    figures: [...figures.p99, deep.p99, deep.median, worstOf(figures.median), worstOf(figures.p99)],
    notes: [`${rows.toLocaleString('en')} submissions against ${fewer.toLocaleString('en')}, one reader`],
  }
}

type Sample = () => Promise<number>

/** p99 and median in milliseconds, of as many samples as there is time for. */
async function compare(what: string, ours: Sample, baseline: Sample, { rounds, samples: count }: Options) {
  const samples = await alternate(rounds, {
    ours: () => several(ours, count / rounds, PATIENCE_MS / rounds),
    baseline: () => several(baseline, count / rounds, PATIENCE_MS / rounds),
  })
  const figure = (name: string, share: number): Figure => {
    const of = (side: number[][]) => [quantile(side.flat(), share)]
    const sides = { ours: of(samples.ours), baseline: of(samples.baseline) }
    return ratioOf({ what: `${name}, ${what}`, unit: 'ms', ...sides, aim: { atMost: 3 } })
  }
  return { p99: figure('p99', 0.99), median: figure('median', 0.5) }
}

/** One round's samples; the first asking brings the pages into memory and does not count. */
async function several(sample: Sample, count: number, milliseconds: number): Promise<number[]> {
  await sample()
  const until = performance.now() + milliseconds
  const samples = [await sample()]
  while (samples.length < count && performance.now() < until) samples.push(await sample())
  return samples
}

function timed({ reads }: FilledService, path: string): Sample {
  return async () => (await reads(path)).ms
}

function worstOf(figures: readonly Figure[]): Figure {
  const worst = figures.reduce((most, figure) => (figure.ratio > most.ratio ? figure : most))
  return { ...worst, what: `worst: ${worst.what}` }
}

/** Turns pages by cursor up to a page, or to the last one that has another after it. */
async function walk({ reads }: FilledService, to: number): Promise<{ cursor: string; page: number }> {
  let cursor = ''
  let page = 1
  for (; page < to; page++) {
    const { nextCursor } = (await reads(`/jotc${cursor && `?cursor=${cursor}`}`)).page
    if (nextCursor === null) break
    cursor = nextCursor
  }
  return { cursor, page }
}

/** Filters of each kind; the dates count back from now, as the filled submissions do. */
function filters(now: number): Record<string, Record<string, string>> {
  const daysAgo = (days: number) => new Date(now - days * 86_400_000).toISOString()
  const between = (begin: number, end: number) => ({ dateBegin: daysAgo(begin), dateEnd: daysAgo(end) })
  return {
    'no filter': {},
    'email of one person': { email: 'p3.' },
    'email of nobody': { email: 'nobody@nowhere' },
    'email of 5 % of the people': { email: '@example.net' },
    'email of 60 % of the people': { email: '@example.org' },
    'one day': between(200, 199),
    'one year': between(400, 35),
    solvable: { solvable: 'true' },
    blocked: { solvable: 'false' },
    'half of the sizes': { minSize: '20', maxSize: '45' },
    'sizes of 1 %': { minSize: '180' },
    'some jumps': { minTotal: '12', maxTotal: '14' },
    'sizes and jumps, one month': {
      ...{ minSize: '20', maxSize: '60', minTotal: '15', maxTotal: '25' },
      ...between(107, 77),
    },
    'half of the sizes, 5 % of the people': { minSize: '20', maxSize: '45', email: '@example.net' },
    'blocked, one week, 5 % of the people': { solvable: 'false', email: '@example.net', ...between(107, 100) },
  }
}

/** Every sort, either way, with every kind of filter: its name and its path. */
function listQueries(now: number): { name: string; path: string }[] {
  return SORT_KEYS.flatMap((sortBy) =>
    ['asc', 'desc'].flatMap((sort) =>
      Object.entries(filters(now)).map(([name, filter]) => ({
        name: `${name}, by ${sortBy} ${sort}`,
        path: `/jotc?${new URLSearchParams({ ...filter, sortBy, sort })}`,
      })),
    ),
  )
}
