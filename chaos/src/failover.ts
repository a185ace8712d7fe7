import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { type TestContext, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import type { Session } from '@jotc/core/api/account'
import type { SubmissionPage, SubmissionStats } from '@jotc/core/api/jotc'
import { startProxy } from '@jotc/testing/servers/proxy'
import { ask } from '@jotc/testing/service/client'
import { AS_PROMISED, assertPromised, type FaultOutcome, injectFault, succeeds } from './inject-fault.ts'
import type { Clients } from './load.ts'
import { type FragilePostgres, startFollower } from './postgres.ts'
import { type Served, type System, signIn } from './system.ts'

/** Longer than anything here takes on a slow machine. */
const PATIENCE_MS = 120_000
/** A list counts exactly up to so many. */
const MAX_TOTAL = 10_000
const READ_ONLY = 'database is read-only'

/**
 * Tests in which the primary is killed under load, its standby is promoted and the address leads there.
 *
 * @param times how often with a standby for which commits wait: every other time the address is the first that changes
 */
export function testFailovers(system: System, times: number): void {
  const { service, network } = system

  test('a connection is cut while it waits for the standby: the board is answered when the standby has it', async () => {
    const { standby, link } = await follow(system, 'sync')
    await link.become('silence')
    const key = randomUUID()
    const request = { token: service.token, body: { clouds: '0010010' }, headers: { 'idempotency-key': key } }
    const answered = ask<{ id: string }>(`${service.url}/jotc`, request)
    const cut = await backendWaiting(system, 'insert into submissions')
    await system.sql('select pg_terminate_backend($1)', [cut])
    const waits = backendWaiting(system, 'pg_logical_emit_message')
    const next = await Promise.race([waits.then(() => 'waits again'), answered.then(() => 'is answered')])
    await link.become('pass')
    assert.equal(next, 'waits again')
    assert.equal((await answered).id, key)
    assert.equal((await standby.sql('select from submissions where id = $1', [key])).length, 1)
  })

  for (let n = 0; n < times; n++) {
    const isMovedFirst = n % 2 === 1
    const order = isMovedFirst ? 'its address leads to the standby before that is promoted' : 'its standby takes over'
    test(`the primary is lost and ${order}: nothing is lost or doubled, and boards are recorded again`, async (t) => {
      const { standby } = await follow(system, 'sync')
      const outcome = await underLoad(t, system, async () => {
        await killPrimary(system)
        if (isMovedFirst) {
          const before = service.written.out.split(READ_ONLY).length
          network.leadTo(standby.port)
          await service.wrote(READ_ONLY, before)
        }
        await promote(system, standby)
        if (!isMovedFirst) network.leadTo(standby.port)
      })
      assertPromised(outcome, AS_PROMISED)
    })
  }

  test('the primary is lost before its asynchronous standby had all: what it had not got is lost, and nothing else', async (t) => {
    const [piet, rosa] = [await signIn(service.url, 'piet'), await signIn(service.url, 'rosa')]
    const { standby, link } = await follow(system, 'async')
    let isReceived = 0
    let isKilled = 0
    const outcome = await underLoad(t, system, async (clients) => {
      isReceived = performance.now()
      const [primary] = await system.sql('select pg_current_wal_lsn() as lsn')
      const lag = 'select where pg_last_wal_replay_lsn() < $1'
      await until(async () => (await standby.sql(lag, Object.values(primary ?? {}))).length === 0)
      await link.become('lose')
      await succeeds(clients)
      await takeTransactionIds(system.postgres, 5_000)
      await signOut(system.postgres, piet)
      await until(() => isSignedOut(system, piet))
      isKilled = performance.now()
      await killPrimary(system)
      await promote(system, standby)
      // The address has moved for another machine already, which signs somebody out, under an id of a lost transaction.
      await signOut(standby, rosa)
      await takeTransactionIds(standby, 20_000)
      network.leadTo(standby.port)
    })
    const { lost } = outcome
    t.diagnostic(`${lost.length} boards are lost, answered in the last ${Math.round(isKilled - isReceived)} ms`)
    assert(lost.length > 0)
    assertPromised({ ...outcome, lost: lost.filter(({ ended }) => ended < isReceived) }, AS_PROMISED)
    await until(() => isSignedOut(system, rosa))
  })
}

/** Starts a standby of the server that serves, and the network over which it follows. */
async function follow({ postgres, open }: System, state: 'sync' | 'async') {
  const link = open.adopt(await startProxy(postgres.port), ({ close }) => close())
  const name = `standby${link.port}`
  const standby = open.adopt(await startFollower(postgres, name, link.port), ({ remove }) => remove())
  if (state === 'sync') await postgres.sql(`alter system set synchronous_standby_names = '${name}'`)
  await postgres.sql('select pg_reload_conf()')
  const follows = 'select from pg_stat_replication where application_name = $1 and sync_state = $2'
  await until(async () => (await postgres.sql(follows, [name, state])).length)
  return { standby, link }
}

async function killPrimary(system: System): Promise<void> {
  await system.postgres.kill()
  await until(async () => (await get(system, '/health/ready')).status === 503)
}

async function promote(system: System, standby: FragilePostgres): Promise<void> {
  await standby.sql('select pg_promote()')
  system.postgres = standby
}

/** The backend that runs such a statement of the service and waits for the standby. */
async function backendWaiting({ sql }: Served, statement: string): Promise<unknown> {
  const waiting = "select pid from pg_stat_activity where wait_event = 'SyncRep' and strpos(query, $1) > 0"
  return await until(async () => (await sql(waiting, [statement])).map(({ pid }) => pid).at(0))
}

/** Uses up so many, of which no log tells. */
async function takeTransactionIds({ sql }: FragilePostgres, count: number): Promise<void> {
  await sql(`do $$ begin for n in 1..${count} loop perform pg_current_xact_id(); commit; end loop; end $$`)
}

/** As a worker that is not one of ours. */
async function signOut({ sql }: FragilePostgres, { token }: Session): Promise<void> {
  const { jti } = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())
  await sql("insert into revocations (id, kind, expires_at) values ($1, 'token', now() + interval '1 hour')", [jti])
}

/** At every worker: so many requests at once need connections to all of them. */
async function isSignedOut(system: Served, { token }: Session): Promise<boolean> {
  const answers = await Promise.all(Array.from({ length: 12 }, () => get(system, '/me', token)))
  return answers.every(({ status }) => status === 401)
}

/** Injects a fault while people follow their feeds; then rows, feeds, lists and statistics must say the same. */
async function underLoad(
  t: TestContext,
  system: System,
  fault: (clients: Clients) => Promise<void>,
): Promise<FaultOutcome> {
  const { service } = system
  const reading = new AbortController()
  t.after(() => reading.abort())
  const feeds = await Promise.all(
    service.people.map(async (person) => ({
      ...person,
      before: new Set(await idsOf(system, person)),
      seen: await followFeed(system, person.token, reading.signal),
    })),
  )
  const outcome = await injectFault(t, system, fault)
  await until(async () => (await get(system, '/health/ready')).ok)
  for (const person of feeds) {
    const ids = await idsOf(system, person)
    const { total } = await ask<SubmissionPage>(`${service.url}/jotc?pageSize=1`, person)
    const { submissions } = await ask<SubmissionStats>(`${service.url}/jotc/stats`, person)
    assert.deepEqual({ total, submissions }, { total: Math.min(ids.length, MAX_TOTAL), submissions: ids.length })
    await until(async () => ids.every((id) => person.before.has(id) || person.seen.includes(id)))
    assert.equal(new Set(person.seen).size, person.seen.length, 'a feed said something twice')
  }
  return outcome
}

async function idsOf({ sql }: Served, { user }: Session): Promise<string[]> {
  return (await sql('select id from submissions where user_id = $1', [user.id])).map(({ id }) => String(id))
}

/** Reads a feed, again and again from where it ended. @returns the ids of the submissions, as they come, once it has begun */
async function followFeed(system: Served, token: string, ended: AbortSignal): Promise<string[]> {
  const seen: string[] = []
  const begun = Promise.withResolvers<void>()
  const read = async () => {
    let last = ''
    while (!ended.aborted) {
      await get(system, `/jotc/live?${last}`, token, ended)
        .then(async ({ body }) => {
          let text = ''
          for await (const chunk of body?.pipeThrough(new TextDecoderStream()) ?? []) {
            const events = (text + chunk).split('\n\n')
            text = events.pop() ?? ''
            for (const event of events) {
              begun.resolve()
              const [, id] = /^data: .*"id":"([^"]+)"/m.exec(event) ?? []
              if (id !== undefined) seen.push(id)
              const [, position] = /^id: (.*)$/m.exec(event) ?? []
              if (position !== undefined) last = `lastEventId=${encodeURIComponent(position)}`
            }
          }
        })
        .catch(() => {})
      await wait(100)
    }
  }
  void read()
  await begun.promise
  return seen
}

async function get({ service }: Served, path: string, token?: string, signal?: AbortSignal): Promise<Response> {
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` }
  return await fetch(service.url + path, { headers, ...(signal && { signal }) })
}

/** Asks until there is something. */
async function until<Found>(look: () => Promise<Found>): Promise<Exclude<Found, false | 0 | undefined | null>> {
  const latest = performance.now() + PATIENCE_MS
  for (;;) {
    const found = await look().catch(() => undefined)
    if (found) return found as Exclude<Found, false | 0 | undefined | null>
    assert(performance.now() < latest, `it never came true: ${look}`)
    await wait(10)
  }
}
