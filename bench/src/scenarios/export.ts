import { differenceOf, type Figure, ratioOf, type Scenario } from '../figure.ts'
import { alternate } from '../measure/alternate.ts'
import { memoryOf } from '../measure/machine.ts'
import { outputOf } from '../measure/program.ts'
import { type FilledService, openFilledService, openPostgres } from '../system/services.ts'

const ROWS = 1_000_000
const LOOK_EVERY_MS = 50
/** What the export holds, in its order: copied to nowhere, as CSV. */
const COPY = `\\copy (
  select s.created_at, u.email, s.clouds, s.size, s.total, s.id
  from submissions s join users u on u.id = s.user_id order by s.created_at desc, s.id desc
) to /dev/null csv`.replace(/\s+/g, ' ')

/** `GET /jotc/export` of all submissions: rows a second against psql's `\copy`, and memory against the idle service. */
export const exporting: Scenario = async (options, say) => {
  const rows = options.rows ?? ROWS
  await using open = new AsyncDisposableStack()
  await openPostgres(open)
  const service = await openFilledService(open, rows, options, say)
  await service.reads('/jotc')
  say(`${options.rounds} rounds of ${rows.toLocaleString('en')} rows`)
  const { ours, baseline } = await alternate(options.rounds, {
    ours: () => exportOnce(service, rows),
    baseline: async () => {
      const begun = performance.now()
      const output = await outputOf('psql', ['--no-psqlrc', '--quiet', '--command', COPY, service.databaseUrl])
      return output === undefined ? undefined : rows / ((performance.now() - begun) / 1000)
    },
  })
  const figures: Figure[] = []
  const notes = [`${Math.round((ours[0]?.bytes ?? 0) / 1e6)} MB of CSV`]
  if (baseline.includes(undefined)) notes.push('psql is not on this machine')
  else {
    const sides = { ours: ours.map(({ perSecond }) => perSecond), baseline: baseline as number[] }
    const aim = { atLeast: 0.5 }
    figures.push(ratioOf({ what: 'export as CSV, against \\copy', unit: 'rows a second', ...sides, aim }))
  }
  const sides = { ours: ours.map(({ peak }) => peak), baseline: ours.map(({ idle }) => idle) }
  if (sides.ours.some(Number.isNaN)) notes.push('this system does not tell how much memory a process has')
  else {
    const aim = { atMost: 20 }
    figures.push(differenceOf({ what: 'memory while exporting, against idle', unit: 'MB', ...sides, aim }))
  }
  return { figures, notes }
}

/** Exports everything, and looks at the service's memory meanwhile: `idle` before, `peak` during, in MB. */
async function exportOnce({ url, pid, token }: FilledService, rows: number) {
  const memory = () => memoryOf(pid) / 1e6
  const idle = memory()
  let peak = idle
  const begun = performance.now()
  const response = await fetch(`${url}/jotc/export?format=csv`, { headers: { authorization: `Bearer ${token}` } })
  if (!response.ok || !response.body) throw new Error(`The export was answered with ${response.status}`)
  let bytes = 0
  let lines = 0
  const watching = setInterval(() => {
    peak = Math.max(peak, memory())
  }, LOOK_EVERY_MS)
  for await (const chunk of response.body) {
    bytes += chunk.length
    for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, at + 1)) lines++
  }
  clearInterval(watching)
  if (lines < rows) throw new Error(`The export has ${lines} lines for ${rows} rows.`)
  return { perSecond: rows / ((performance.now() - begun) / 1000), idle, peak, bytes }
}
