import { SORT_KEYS } from '@jotc/core/api/jotc'
import { type Aim, type Figure, quantile, ratioOf, type Scenario } from '../figure.ts'
import { alternate } from '../measure/alternate.ts'
import type { Options } from '../options.ts'
import { type FilledService, openFilledServices, type Reader } from '../system/services.ts'

const FEW = 10_000
const MANY = 1_000_000
/** A kind of query that is slow is asked less often: so many milliseconds for each, on each side. */
const PATIENCE = 10_000
const DEEP = 1000
const AIM: Aim = { atMost: 3 }

/**
 * `GET /jotc` of an administrator: every sort with every kind of filter on `--rows` submissions against the same on ten
 * thousand, and the thousandth page by cursor against the first. One reader asks one thing at a time, ours and the
 * baseline's in turn: what is measured is what a query costs, not a queue.
 */
export const list: Scenario = async (options, say) => {
  const rows = options.rows ?? MANY
  await using filled = await openFilledServices([rows, FEW], options, say)
  const [many, few] = filled.services as [FilledService, FilledService]
  const compared: Awaited<ReturnType<typeof compare>>[] = []
  for (const { name, path } of listQueries(Date.now()).filter(({ name }) => name.includes(options.only))) {
    const kind = await compare(name, { ours: timed(many.reader, path), baseline: timed(few.reader, path) }, options)
    say(`${kind.p50.ratio.toFixed(1)} times, ${kind.p50.ours.toFixed(1)} ms: ${kind.p50.what}`)
    compared.push(kind)
  }
  const { cursor, page } = await walk(many.reader, DEEP)
  const deep = { ours: timed(many.reader, `/jotc?cursor=${cursor}`), baseline: timed(many.reader, '/jotc') }
  const byCursor = await compare(`page ${page} by cursor against the first`, deep, options)
  const p99s = compared.map(({ p99 }) => p99)
  const medians = compared.map(({ p50 }) => p50)
  return {
    figures: [...p99s, byCursor.p99, byCursor.p50, worstOf(medians), worstOf(p99s)],
    notes: [
      `${rows.toLocaleString('en')} submissions against ${FEW.toLocaleString('en')}, one reader`,
      ...(many.reader.refused === 0 ? [] : [`refused, and counted as endless: ${many.reader.refused}`]),
    ],
  }
}

type Sides = { ours: () => Promise<number>; baseline: () => Promise<number> }

/** p99 and median in milliseconds, of as many samples as there is time for. */
async function compare(
  what: string,
  sides: Sides,
  { rounds, samples: count }: Options,
): Promise<{ p99: Figure; p50: Figure }> {
  const samples = await alternate(rounds, {
    ours: () => several(sides.ours, count / rounds, PATIENCE / rounds),
    baseline: () => several(sides.baseline, count / rounds, PATIENCE / rounds),
  })
  const figure = (name: string, share: number): Figure => {
    const of = (side: number[][]) => [quantile(side.flat(), share)]
    return ratioOf({
      what: `${name}, ${what}`,
      unit: 'ms',
      ours: of(samples.ours),
      baseline: of(samples.baseline),
      aim: AIM,
    })
  }
  return { p99: figure('p99', 0.99), p50: figure('median', 0.5) }
}

/** One round's samples; the first asking brings the pages into memory and does not count. */
async function several(sample: () => Promise<number>, count: number, milliseconds: number): Promise<number[]> {
  await sample()
  const until = performance.now() + milliseconds
  const samples = [await sample()]
  while (samples.length < count && performance.now() < until) samples.push(await sample())
  return samples
}

function timed(reader: Reader, path: string): () => Promise<number> {
  return async () => (await reader.reads(path)).ms
}

function worstOf(figures: readonly Figure[]): Figure {
  const worst = figures.reduce((most, figure) => (figure.ratio > most.ratio ? figure : most))
  return { ...worst, what: `worst: ${worst.what}` }
}

/** Turns pages by cursor up to a page, or to the last one that has another after it. */
async function walk(reader: Reader, to: number): Promise<{ cursor: string; page: number }> {
  let cursor = ''
  let page = 1
  while (page < to) {
    const { nextCursor } = (await reader.reads(`/jotc${cursor && `?cursor=${cursor}`}`)).page
    if (nextCursor === null) break
    cursor = nextCursor
    page++
  }
  return { cursor, page }
}

const DAY = 86_400_000

/** Filters of each kind; the dates count back from now, as the filled submissions do. */
function filters(now: number): Record<string, Record<string, string>> {
  const daysAgo = (days: number) => new Date(now - days * DAY).toISOString()
  return {
    'no filter': {},
    'email of one person': { email: 'p3.' },
    'email of nobody': { email: 'nobody@nowhere' },
    'email of 5 % of the people': { email: '@example.net' },
    'email of 60 % of the people': { email: '@example.org' },
    'one day': { dateBegin: daysAgo(200), dateEnd: daysAgo(199) },
    'one year': { dateBegin: daysAgo(400), dateEnd: daysAgo(35) },
    solvable: { solvable: 'true' },
    blocked: { solvable: 'false' },
    'half of the sizes': { minSize: '20', maxSize: '45' },
    'sizes of 1 %': { minSize: '180' },
    'some jumps': { minTotal: '12', maxTotal: '14' },
    'sizes and jumps, one month': {
      ...{ minSize: '20', maxSize: '60', minTotal: '15', maxTotal: '25' },
      ...{ dateBegin: daysAgo(107), dateEnd: daysAgo(77) },
    },
    'half of the sizes, 5 % of the people': { minSize: '20', maxSize: '45', email: '@example.net' },
    'blocked, one week, 5 % of the people': {
      solvable: 'false',
      dateBegin: daysAgo(107),
      dateEnd: daysAgo(100),
      email: '@example.net',
    },
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
