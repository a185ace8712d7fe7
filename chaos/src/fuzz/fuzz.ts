import { conformity } from '@jotc/testing/conformity'
import { createDatabase } from '@jotc/testing/database'
import type { ServiceProcess } from '@jotc/testing/process'
import { signIn, startService } from '../service.ts'
import { fingerprint, makeAdministrator } from './database.ts'
import { malformedRequests } from './malformed-requests.ts'
import { BYTES, type MalformedRequest } from './request.ts'
import { callsOf, type Description, type Targets } from './targets.ts'
import { Wire, type WireAnswer } from './wire.ts'

const SECRET = 'a secret of the fuzzer of 32 bytes or more'
const CLIENTS = 16
/**
 * Of the requests of a kind so many may be answered by 503. These few clients overload nothing, not even on a machine
 * that has far too much to do (none in 20,000 requests, at a load of 20 on two cores); and a 503 says nothing of what
 * the service would do with the request.
 */
const MAX_SHARE_OF_503 = 0.01

export type Report = {
  sent: number
  /** How many were answered by each status; `closed`: the connection ended without an answer. */
  statuses: Record<string, number>
  kinds: Record<string, { sent: number; answered503: number }>
  /** A sentence for each thing that must not happen, with the request that did it. */
  faults: string[]
}

/** Sends so many malformed requests to a service of its own, and says what was not as it must be. */
export async function fuzz(seed: number, count: number, say: (line: string) => void = () => {}): Promise<Report> {
  await using open = new AsyncDisposableStack()
  const database = open.adopt(await createDatabase(), ({ drop }) => drop())
  const after = (end: () => void) => open.defer(end)
  const service = await startService(
    { after },
    { DATABASE_URL: database.url, JWT_SECRETS: SECRET, TRUST_PROXY: '127.0.0.1' },
  )
  const { url } = service
  const targets = await targetsOf(url, database.url)
  const before = await fingerprint(database.url)
  const report = await sendMalformed(targets, url, { seed, count }, say)
  if ((await fingerprint(database.url)) !== before) report.faults.push('Something was stored.')
  report.faults.push(...serviceFaults(service))
  return report
}

/** The first to sign in is nobody special in production: an administrator is made by hand. */
async function targetsOf(url: string, databaseUrl: string): Promise<Targets> {
  const description = (await (await fetch(`${url}/openapi.json`)).json()) as Description
  const [somebody, administrator] = [await signIn(url, 'somebody'), await signIn(url, 'administrator')]
  await makeAdministrator(databaseUrl, administrator.user.id)
  // Statistics that count nothing need no time zone.
  const headers = { authorization: `Bearer ${somebody.token}`, 'content-type': 'application/json' }
  await fetch(`${url}/jotc`, { method: 'POST', headers, body: '{"clouds":"0010010"}' })
  return { description, secret: SECRET, somebody: somebody.token, administrator: administrator.token }
}

/** Sends so many malformed requests to the service at `url`, and says which answers were not as they must be. */
export async function sendMalformed(
  targets: Targets,
  url: string,
  { seed, count }: { seed: number; count: number },
  say: (line: string) => void = () => {},
): Promise<Report> {
  const report: Report = { sent: 0, statuses: {}, kinds: {}, faults: [] }
  const faultsOf = checkerOf(targets.description)
  const wires = Array.from({ length: CLIENTS }, () => new Wire(Number(new URL(url).port)))
  for (const lot of malformedRequests(targets, seed, count)) {
    const waiting = lot.values()
    await Promise.all(
      wires.map(async (wire) => {
        for (const request of waiting) {
          const kind = report.kinds[request.wrong] ?? { sent: 0, answered503: 0 }
          report.kinds[request.wrong] = kind
          kind.sent++
          const faults = await exchange(wire, request, (answer) => {
            const status = answer?.status ?? 'closed'
            report.statuses[status] = (report.statuses[status] ?? 0) + 1
            if (status === 503) kind.answered503++
            return faultsOf(request, answer)
          })
          report.faults.push(...faults.map((fault) => `${fault}\n  ${excerptOf(request)}`))
        }
      }),
    )
    report.sent += lot.length
    if (report.sent % 10_000 === 0) say(`${report.sent} sent, ${report.faults.length} faults`)
  }
  for (const wire of wires) wire.close()
  for (const [kind, { sent, answered503 }] of Object.entries(report.kinds)) {
    if (answered503 > Math.ceil(sent * MAX_SHARE_OF_503)) {
      report.faults.push(`${answered503} of ${sent} requests with ${kind} wrong were answered by 503`)
    }
  }
  return report
}

async function exchange(
  wire: Wire,
  { bytes, method, target }: MalformedRequest,
  check: (answer: WireAnswer | undefined) => string[],
): Promise<string[]> {
  try {
    return check(await wire.exchange(bytes, method, target === BYTES))
  } catch (error) {
    wire.close()
    return [(error as Error).message]
  }
}

/** Checks answers. The function gives a sentence for each fault: not refused, refused for another reason, no good problem. */
function checkerOf(description: Description) {
  const conforms = conformity(description)
  const paths = callsOf(description).map(({ path }) => ({
    path,
    pattern: new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}/?$`),
  }))
  return ({ method, target, expects }: MalformedRequest, answer: WireAnswer | undefined): string[] => {
    if (answer === undefined) return target === BYTES ? [] : ['closed without an answer']
    const { status, headers, body } = answer
    const [pathname] = target.split('?')
    const path = paths.find(({ pattern }) => pattern.test(pathname ?? ''))?.path
    const type = headers.get('content-type')?.split(';')[0] ?? ''
    // What is no HTTP reaches no route: it is refused by a status alone.
    if (target === BYTES && type !== 'application/problem+json' && expects.includes(status)) return []
    const faults = conforms({ method, path: DESCRIBED.has(status) ? path : undefined, status, type, body })
    if (status !== 503 && !expects.includes(status)) faults.push(`${status}, and not ${expects.join(' or ')}`)
    return faults
  }
}

/** Statuses that the description of a call names; all others are about the request as HTTP, wherever it leads. */
const DESCRIBED = new Set([200, 201, 202, 204, 400, 401, 403, 404, 409, 410, 413, 415, 429, 500, 503])

/** What the service says of itself: it must not have met anything unexpected, nor lost a worker. */
function serviceFaults({ written, child }: ServiceProcess): string[] {
  const lines = written.out.split('\n').filter((line) => /"level":[56]0/.test(line))
  const faults = [...new Set(lines.map((line) => `In the log: ${line.slice(0, 2_000)}`))]
  if (written.err !== '') faults.push(`On stderr: ${written.err}`)
  if (child.exitCode !== null) faults.push('The service has ended.')
  return faults
}

function excerptOf({ bytes }: MalformedRequest): string {
  // Whole tokens would hide what is strange.
  const text = JSON.stringify(bytes.toString('latin1').replace(/ey[\w-]{20,}\.ey[\w-]+/g, '…'))
  return text.length > 600 ? `${text.slice(0, 500)} … ${bytes.length} bytes` : text
}
