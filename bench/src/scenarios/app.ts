import { fileURLToPath } from 'node:url'
import { buildApp } from '../../../scripts/start/app-build.ts'
import { ratioOf, type Scenario } from '../figure.ts'
import { startProgram } from '../system/services.ts'
import { costOfToggling } from '../system/toggling.ts'

const SERVER = fileURLToPath(new URL('../../../app/server/serve.ts', import.meta.url))
const PREDECESSOR_KB = 256
const MOST_KB = 36
const CLOUDS = 1000
const TOGGLE_MS = 16

/** The first load of the app as its server sends it, and what a toggled cloud costs a slow CPU. */
export const app: Scenario = async (options, say) => {
  await buildApp(say, new AbortController().signal)
  await using server = await startProgram({
    file: SERVER,
    path: '/',
    env: (port) => ({ APP_ENV: 'production', APP_PORT: String(port), API_URL: '/api', SIGN_IN: 'details' }),
  })
  const load = {
    what: `first load (brotli, at most ${MOST_KB} kB)`,
    unit: 'kB',
    ours: [(await firstLoad(server.url)) / 1000],
    baseline: [PREDECESSOR_KB],
    aim: { atMost: Number((MOST_KB / PREDECESSOR_KB).toFixed(3)) },
  }
  if (!options.browser) return { figures: [ratioOf(load)], notes: [] }

  say('toggling')
  const toggle = await costOfToggling(server.url, CLOUDS)
  if (toggle === undefined) return { figures: [ratioOf(load)], notes: ['Chromium is not on this machine'] }
  const toggling = {
    what: `main thread of toggling one of ${CLOUDS} clouds, CPU four times slower, against what it shall reach`,
    unit: 'ms',
    ours: [toggle],
    baseline: [TOGGLE_MS],
    aim: { atMost: 1 },
  }
  return { figures: [ratioOf(load), ratioOf(toggling)], notes: [] }
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
