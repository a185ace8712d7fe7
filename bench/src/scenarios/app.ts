import { fileURLToPath } from 'node:url'
import { buildApp } from '../../../scripts/start/app-build.ts'
import { type Figure, ratioOf, type Scenario } from '../figure.ts'
import { type BoardTimings, timeBoard } from '../system/board-timings.ts'
import { lighthouse } from '../system/lighthouse.ts'
import { startProgram } from '../system/services.ts'

const SERVER = fileURLToPath(new URL('../../../app/server/serve.ts', import.meta.url))
/** Its predecessor's first load, in kB. */
const PREDECESSOR = 256
const MOST = 36
const CLOUDS = 1000
const TOGGLE = 16
const LIGHTHOUSES = 3
const LEAST = { performance: 97, accessibility: 100, 'best-practices': 100, seo: 100 }

/** The first load of the app as its server sends it, what its board costs a slow CPU, and what Lighthouse says of it. */
export const app: Scenario = async (options, say) => {
  await buildApp(say, new AbortController().signal)
  await using server = await startProgram({
    file: SERVER,
    path: '/',
    env: (port) => ({ APP_ENV: 'production', APP_PORT: String(port), API_URL: '/api', SIGN_IN: 'details' }),
  })
  const { url } = server
  const kilobytes = (await firstLoad(url)) / 1000
  const size = ratioOf({
    what: `first load (brotli, at most ${MOST} kB)`,
    unit: 'kB',
    ours: [kilobytes],
    baseline: [PREDECESSOR],
    aim: { atMost: Number((MOST / PREDECESSOR).toFixed(3)) },
  })
  if (!options.browser) return { figures: [size], notes: [] }
  say('toggling and playing')
  const timings = await timeBoard(url, CLOUDS)
  const figures = [size, ...(typeof timings === 'string' ? [] : figuresOf(timings))]
  const notes =
    typeof timings === 'string' ? [timings] : ['the baseline of a toggle and of a score is what it shall reach']
  const rounds: Scores[] = []
  for (let round = 1; round <= LIGHTHOUSES; round++) {
    say(`asking Lighthouse, ${round} of ${LIGHTHOUSES}`)
    const scores = await lighthouse(url)
    if (typeof scores === 'string') return { figures, notes: [...notes, `no Lighthouse: ${scores}`] }
    rounds.push(scores)
  }
  return { figures: [...figures, ...scoreFigures(rounds)], notes }
}

type Scores = Record<string, number>

function scoreFigures(rounds: Scores[]): Figure[] {
  return Object.entries(LEAST).map(([category, least]) =>
    ratioOf({
      what: `Lighthouse, ${category}`,
      unit: 'points',
      ours: rounds.map((scores) => scores[category] ?? Number.NaN),
      baseline: rounds.map(() => least),
      aim: { atLeast: 1 },
    }),
  )
}

function figuresOf({ toggle, playing, idle }: BoardTimings): Figure[] {
  return [
    ratioOf({
      what: `main thread of toggling one of ${CLOUDS} clouds, CPU four times slower (at most ${TOGGLE} ms)`,
      unit: 'ms',
      ours: [toggle],
      baseline: [TOGGLE],
      aim: { atMost: 1 },
    }),
    ratioOf({
      what: 'frames while playing, CPU four times slower, to those of the idle page',
      unit: '/s',
      ours: [playing],
      baseline: [idle],
      aim: { atLeast: 0.98 },
    }),
  ]
}

/** Bytes of the page and of all that its HTML asks for, as they come over the wire. */
async function firstLoad(url: string): Promise<number> {
  // The icon for home screens is asked for by nobody else.
  const html = (await (await fetch(url)).text()).replace(/<link rel="apple-touch-icon"[^>]*>/, '')
  const linked = [...html.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map(([, path]) => path as string)
  const sizes = await Promise.all(['', ...linked].map((path) => sizeOf(`${url}${path}`)))
  return sizes.reduce((sum, size) => sum + size, 0)
}

/** Bytes of one body, compressed. */
async function sizeOf(url: string): Promise<number> {
  const { ok, status, headers } = await fetch(url, { method: 'HEAD', headers: { 'accept-encoding': 'br' } })
  if (!ok) throw new Error(`${url} was answered with ${status}`)
  return Number(headers.get('content-length') ?? Number.NaN)
}
