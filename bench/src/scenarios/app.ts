import { fileURLToPath } from 'node:url'
import { buildApp } from '../../../scripts/start/app-build.ts'
import { type Aim, type Figure, ratioOf, type Scenario } from '../figure.ts'
import { timeBoard } from '../system/board-timings.ts'
import { lighthouse } from '../system/lighthouse.ts'
import { startProgram } from '../system/services.ts'

const SERVER = fileURLToPath(new URL('../../../app/server/serve.ts', import.meta.url))
const PREDECESSOR_KB = 256
const MOST_KB = 36
const CLOUDS = 1000
const TOGGLE_MS = 16
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
  const figures: Figure[] = []
  const add = (what: string, unit: string, ours: number[], baseline: number, aim: Aim) =>
    void figures.push(ratioOf({ what, unit, ours, baseline: ours.map(() => baseline), aim }))

  const size = [(await firstLoad(url)) / 1000]
  const most = Number((MOST_KB / PREDECESSOR_KB).toFixed(3))
  add(`first load (brotli, at most ${MOST_KB} kB)`, 'kB', size, PREDECESSOR_KB, { atMost: most })
  if (!options.browser) return { figures, notes: [] }

  say('toggling and playing')
  const timings = await timeBoard(url, CLOUDS)
  if (typeof timings === 'string') return { figures, notes: [timings] }
  const { toggle, playing, idle } = timings
  const slow = 'CPU four times slower'
  const toggling = `main thread of toggling one of ${CLOUDS} clouds, ${slow} (at most ${TOGGLE_MS} ms)`
  add(toggling, 'ms', [toggle], TOGGLE_MS, { atMost: 1 })
  add(`frames while playing, ${slow}, to those of the idle page`, '/s', [playing], idle, { atLeast: 0.98 })
  const notes = ['the baseline of a toggle and of a score is what it shall reach']

  const rounds: Record<string, number>[] = []
  for (let round = 1; round <= LIGHTHOUSES; round++) {
    say(`asking Lighthouse, ${round} of ${LIGHTHOUSES}`)
    const scores = await lighthouse(url)
    if (typeof scores === 'string') return { figures, notes: [...notes, `no Lighthouse: ${scores}`] }
    rounds.push(scores)
  }
  for (const [category, least] of Object.entries(LEAST)) {
    const scores = rounds.map((round) => round[category] ?? Number.NaN)
    add(`Lighthouse, ${category}`, 'points', scores, least, { atLeast: 1 })
  }
  return { figures, notes }
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
