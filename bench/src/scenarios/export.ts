import { execFile } from 'node:child_process'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'
import { differenceOf, type Figure, ratioOf, type Scenario } from '../figure.ts'
import { alternate } from '../measure/alternate.ts'
import { memoryOf } from '../measure/machine.ts'
import { type FilledService, openFilledServices } from '../system/services.ts'

const ROWS = 1_000_000
const LOOK_EVERY = 50
/** What the export holds, in its order. */
const QUERY = `select s.created_at, u.email, s.clouds, s.size, s.total, s.id
  from submissions s join users u on u.id = s.user_id order by s.created_at desc, s.id desc`.replace(/\s+/g, ' ')

/** `GET /jotc/export` of all submissions: rows a second against psql's `\copy`, and memory against the idle service. */
export const exporting: Scenario = async (options, say) => {
  const rows = options.rows ?? ROWS
  await using filled = await openFilledServices([rows], options, say)
  const service = filled.services[0] as FilledService
  await service.reader.reads('/jotc')
  say(`${options.rounds} rounds of ${rows.toLocaleString('en')} rows`)
  const { ours, baseline } = await alternate(options.rounds, {
    ours: () => exportOnce(service, rows),
    baseline: () => copyOut(service.databaseUrl, QUERY),
  })
  const figures: Figure[] = []
  const notes = [`${Math.round((ours[0]?.bytes ?? 0) / 1e6)} MB of CSV`]
  const perSecond = (seconds: (number | undefined)[]) => seconds.map((one) => rows / (one ?? Number.NaN))
  if (baseline.includes(undefined)) notes.push('psql is not on this machine')
  else {
    const [our, theirs] = [perSecond(ours.map(({ seconds }) => seconds)), perSecond(baseline)]
    const aim = { atLeast: 0.5 }
    figures.push(
      ratioOf({ what: 'export as CSV, against \\copy', unit: 'rows a second', ours: our, baseline: theirs, aim }),
    )
  }
  const peaks = ours.map(({ peak }) => peak)
  if (peaks.some(Number.isNaN)) notes.push('this system does not tell how much memory a process has')
  else {
    const idle = ours.map((round) => round.idle)
    const memory = { what: 'memory while exporting, against idle', unit: 'MB', ours: peaks, baseline: idle }
    figures.push(differenceOf({ ...memory, aim: { atMost: 20 } }))
  }
  return { figures, notes }
}

/** Exports everything, and looks at the service's memory meanwhile: `idle` before, `peak` during, in MB. */
async function exportOnce({ url, pid, token }: FilledService, rows: number) {
  const memory = () => (memoryOf(pid) ?? Number.NaN) / 1e6
  const idle = memory()
  let peak = idle
  const watching = new AbortController()
  const watched = watch(watching.signal, () => {
    peak = Math.max(peak, memory())
  })
  const begun = performance.now()
  const response = await fetch(`${url}/jotc/export?format=csv`, {
    headers: { authorization: `Bearer ${token}` },
  })
  if (!response.ok || !response.body) throw new Error(`The export was answered with ${response.status}`)
  let bytes = 0
  let lines = 0
  for await (const chunk of response.body) {
    bytes += chunk.length
    for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, at + 1)) lines++
  }
  const seconds = (performance.now() - begun) / 1000
  watching.abort()
  await watched
  if (lines < rows) throw new Error(`The export has ${lines} lines for ${rows} rows.`)
  return { seconds, idle, peak, bytes }
}

async function watch(signal: AbortSignal, look: () => void): Promise<void> {
  while (!signal.aborted) {
    look()
    await delay(LOOK_EVERY, undefined, { signal }).catch(() => {})
  }
}

/**
 * Copies what a query gives to nowhere, as CSV, by psql's `\copy`.
 *
 * @returns seconds, or undefined where the machine has no psql
 */
async function copyOut(databaseUrl: string, query: string): Promise<number | undefined> {
  const begun = performance.now()
  const copy = `\\copy (${query}) to /dev/null csv`
  try {
    await promisify(execFile)('psql', ['--no-psqlrc', '--quiet', '--command', copy, databaseUrl])
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
  return (performance.now() - begun) / 1000
}
