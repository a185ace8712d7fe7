import { setTimeout as wait } from 'node:timers/promises'
import { type Client, load, send } from '@jotc/testing/load'
import type { Served } from './system.ts'

type Outcome = {
  board: string
  begun: number
  ended: number
  /** The status; undefined when the connection failed before there was one. */
  status: number | undefined
  /** Of the submission, where it was created. */
  id?: string
  /** Why the connection failed, or what an unforeseen answer said. */
  why?: string
}

/** What clients were answered, compared with what the database has. */
export type Comparison = {
  sent: number
  created: number
  refused: number
  /** Connections that failed before an answer, and answers that are neither 201 nor 503. */
  failed: string[]
  /** Answered 201, and not in the database under that id. */
  lost: string[]
  /** In the database, though nobody was answered. */
  recordedUnanswered: string[]
  /** Boards that are in the database more than once, each of which was sent once. */
  doubled: string[]
  /** Milliseconds without any success, at most. */
  longestOutage: number
}

type Clients = {
  /** Resolves with the first request that was begun after this and answered 201. */
  firstSuccess(): Promise<{ ended: number }>
  stop(): Promise<Comparison>
}

const CLIENTS = 16
/** A refused client comes back within so many milliseconds, at random: not all of them at the same moment. */
const COMES_BACK_WITHIN_MS = 200
let boards = 0

/**
 * Clients who each send one board after another, no two of them the same, and note what became of each.
 *
 * @param pauseMs how long each waits after an answer
 */
export function startClients({ service, sql }: Served, pauseMs = 0): Clients {
  const outcomes: Outcome[] = []
  const waiting = new Set<{ since: number; resolve: (outcome: Outcome) => void }>()
  const stopping = new AbortController()
  const all = load(service.url, { clients: CLIENTS, ended: stopping.signal }, async (client) => {
    const outcome = await submit(client, service.token, uniqueBoard(++boards))
    outcomes.push(outcome)
    if (outcome.status !== 201) return await wait(Math.random() * COMES_BACK_WITHIN_MS)
    for (const each of waiting) if (outcome.begun >= each.since) each.resolve(outcome)
    if (pauseMs > 0) await wait(pauseMs)
  })
  return {
    async firstSuccess() {
      const { promise, resolve } = Promise.withResolvers<Outcome>()
      const each = { since: performance.now(), resolve }
      waiting.add(each)
      const outcome = await promise
      waiting.delete(each)
      return outcome
    },
    async stop() {
      stopping.abort()
      await all
      return await compareWithRows(outcomes, sql)
    },
  }
}

/** How many connections each client has made. */
const connections = new WeakMap<Client, number>()

async function submit(client: Client, token: string, board: string): Promise<Outcome> {
  const begun = performance.now()
  const made = () => connections.get(client) ?? 0
  const before = made()
  if (before === 0) client.removeAllListeners('connect').on('connect', () => connections.set(client, made() + 1))
  try {
    const { status, body } = await send(client, { path: '/jotc', token, body: { clouds: board } })
    const told = status === 201 ? { id: JSON.parse(body).id } : { why: body }
    return { board, begun, status, ...told, ended: performance.now() }
  } catch (error) {
    const { code, message, syscall } = error as NodeJS.ErrnoException
    const isNew = syscall === 'connect' || made() > before
    const why = `${code ?? ''} ${message} on ${isNew ? 'a new' : 'an open'} connection`
    return { board, begun, status: undefined, why, ended: performance.now() }
  }
}

/**
 * A board that no other number has, so that a submission can be told from any other: the bits of the number, each
 * between safe clouds.
 */
function uniqueBoard(number: number): string {
  return `0${[...number.toString(2)].map((bit) => `${bit}0`).join('')}`
}

async function compareWithRows(outcomes: readonly Outcome[], sql: Served['sql']): Promise<Comparison> {
  const boards = outcomes.map(({ board }) => board)
  const rows = await sql('select id, clouds from submissions where clouds = any($1)', [boards])
  const kept = Map.groupBy(rows, ({ clouds }) => clouds)
  const created = outcomes.filter(({ status }) => status === 201)
  const told = ({ board, id, status, why }: Outcome) => `${board}, answered ${status ?? 'not at all'} ${id ?? why}`
  const times = created.map(({ ended }) => ended).sort((a, b) => a - b)
  return {
    sent: outcomes.length,
    created: created.length,
    refused: outcomes.filter(({ status }) => status === 503).length,
    failed: outcomes
      .filter(({ status }) => status !== 201 && status !== 503)
      .map(({ status, why }) => `${status ?? 'no answer'}: ${why}`),
    lost: created.filter(({ board, id }) => !kept.get(board)?.some(({ id: kept }) => kept === id)).map(told),
    recordedUnanswered: outcomes.filter(({ board, status }) => status === undefined && kept.has(board)).map(told),
    doubled: outcomes.filter(({ board }) => (kept.get(board)?.length ?? 0) > 1).map(told),
    longestOutage: Math.max(0, ...times.slice(1).map((time, n) => Math.round(time - (times[n] ?? time)))),
  }
}
