import { conformity } from '@jotc/testing/service/conformity'
import fc from 'fast-check'
import { type Service, type Sql, signIn, startOnTestDatabase, unforeseen } from '../system.ts'
import { fromDescription } from './from-description.ts'
import { grammar } from './grammar.ts'
import { BYTES, callsOf, type Description, type MalformedRequest, type Targets } from './request.ts'
import { exchange, type WireAnswer } from './wire.ts'

const CLIENTS = 8

type Report = {
  sent: number
  /** How many were answered by each status; `closed`: the connection ended without an answer. */
  statuses: Record<string, number>
  /** How many were wrong in which way. */
  kinds: Record<string, number>
  /** A sentence for each thing that must not happen, with the smallest request found that does it. */
  faults: string[]
}

/** Sends so many malformed requests to a service of its own, and says what was not as it must be. */
export async function fuzz(seed: number, count: number): Promise<Report> {
  await using open = new AsyncDisposableStack()
  const after = (end: () => Promise<void> | void) => open.defer(end)
  const { service, sql } = await startOnTestDatabase({ after }, { TRUST_PROXY: '127.0.0.1' })
  const targets = await targetsOf(service, sql)
  const before = await fingerprint(sql)
  const report = await sendMalformed(targets, service.url, seed, count)
  if ((await fingerprint(sql)) !== before) report.faults.push('Something was stored.')
  report.faults.push(...unforeseen(service))
  return report
}

/** The first to sign in is nobody special in production: an administrator is made by hand. */
async function targetsOf({ url }: Service, sql: Sql): Promise<Targets> {
  const description = (await (await fetch(`${url}/openapi.json`)).json()) as Description
  const [somebody, administrator] = [await signIn(url, 'somebody'), await signIn(url, 'administrator')]
  await sql("update users set role = 'admin' where id = $1", [administrator.user.id])
  // Statistics that count nothing need no time zone.
  const headers = { authorization: `Bearer ${somebody.token}`, 'content-type': 'application/json' }
  await fetch(`${url}/jotc`, { method: 'POST', headers, body: '{"clouds":"0010010"}' })
  return { description, somebody: somebody.token, administrator: administrator.token }
}

/** A text that is another one as soon as a row of any table is. */
async function fingerprint(sql: Sql): Promise<string> {
  const tables = await sql(
    "select quote_ident(table_name) as name from information_schema.tables where table_schema = 'public' order by 1",
  )
  const sums = tables.map(({ name }) => sql(`select md5(string_agg(t::text, ',' order by t::text)) from ${name} as t`))
  return JSON.stringify(await Promise.all(sums))
}

/**
 * Sends so many malformed requests, by several clients, and says which answers were not as they must be. A client ends
 * with its first fault, for which it looks for the smallest request.
 */
async function sendMalformed(targets: Targets, url: string, seed: number, count: number): Promise<Report> {
  const report: Report = { sent: 0, statuses: {}, kinds: {}, faults: [] }
  const faultsOf = checkerOf(targets.description)
  const requests = fc.oneof(fromDescription(targets), { arbitrary: grammar(targets), weight: 2 })

  const isRefused = fc.asyncProperty(requests, async (request) => {
    const answer = await exchange(url, request.bytes, request.target === BYTES)
    const status = answer?.status ?? 'closed'
    report.statuses[status] = (report.statuses[status] ?? 0) + 1
    report.kinds[request.wrong] = (report.kinds[request.wrong] ?? 0) + 1
    report.sent++
    const faults = faultsOf(request, answer)
    if (faults.length > 0) throw new Error(`${faults.join('; ')}\n  answered: ${answer?.body.slice(0, 500)}`)
  })
  async function client(seed: number): Promise<void> {
    const result = await fc.check(isRefused, { seed, numRuns: Math.ceil(count / CLIENTS) })
    if (result.counterexample === null) return
    const [request] = result.counterexample
    const { message } = result.errorInstance as Error
    report.faults.push(
      `${request.wrong}: ${message}\n  ${excerptOf(request)}\n  seed ${seed}, path ${result.counterexamplePath}`,
    )
  }

  await Promise.all(Array.from({ length: CLIENTS }, (_, number) => client(seed + number)))
  return report
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
    const { status, type, body } = answer
    const [pathname] = target.split('?')
    const path = paths.find(({ pattern }) => pattern.test(pathname ?? ''))?.path
    // What is no HTTP reaches no route: it is refused by a status alone.
    if (target === BYTES && type !== 'application/problem+json' && expects.includes(status)) return []
    const faults = conforms({ method, path: DESCRIBED.has(status) ? path : undefined, status, type, body })
    if (!expects.includes(status)) faults.push(`${status}, and not ${expects.join(' or ')}`)
    return faults
  }
}

/** Statuses that the description of a call names; all others are about the request as HTTP, wherever it leads. */
const DESCRIBED = new Set([200, 201, 202, 204, 400, 401, 403, 404, 409, 410, 413, 415, 429, 500, 503])

function excerptOf({ bytes }: MalformedRequest): string {
  // Whole tokens would hide what is strange.
  const text = JSON.stringify(bytes.toString('latin1').replace(/ey[\w-]{20,}\.ey[\w-]+/g, '…'))
  return text.length > 600 ? `${text.slice(0, 500)} … ${bytes.length} bytes` : text
}
