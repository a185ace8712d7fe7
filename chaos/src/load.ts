import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import type { BatchAnswer } from '@jotc/core/api/jotc'
import { type Client, load } from '@jotc/testing/load'
import type { Owner, Served } from './system.ts'

/** What became of a board that was sent, alone or in a batch. Times as `performance.now()` tells them. */
export type Outcome = {
  board: string
  /** Whose it is. */
  userId: string
  begun: number
  ended: number
  /** Of a batch, 201 for each board whose line came; `cut` when the batch broke off before. Undefined without an answer. */
  status: number | 'cut' | undefined
  /** Of the submission, where it was created. */
  id?: string
  /** Why the connection failed, or what an unforeseen answer said. */
  why?: string
}

export type Comparison = ReturnType<typeof compare>
export type Clients = ReturnType<typeof startClients>

/** How clients send boards, and how many of them do for each person. `isRepeated`: with a key, until all is recorded. */
const WAYS = [
  { clients: 2, boards: 1, isRepeated: false },
  { clients: 2, boards: 1, isRepeated: true },
  { clients: 1, boards: 5, isRepeated: true },
] as const
/** A refused client comes back within so many milliseconds, at random: not all of them at the same moment. */
const COMES_BACK_WITHIN_MS = 200
let boards = 0

/**
 * Clients of several people who send one board after another, no two of them the same, alone and in batches, and note
 * what became of each. They stop with the test at the latest.
 *
 * @param pauseMs how long each waits after an answer
 */
export function startClients(test: Owner, { service: { url, people }, sql }: Served, pauseMs: number) {
  const outcomes: Outcome[] = []
  const waiting = new Set<{ since: number; resolve: (outcome: Outcome) => void }>()
  const stopping = new AbortController()
  const ended = stopping.signal
  test.after(() => stopping.abort())
  const visits = people.flatMap((person) => WAYS.map((way) => ({ ...way, person })))
  const all = visits.map(({ person: { token, user }, clients, boards, isRepeated }) =>
    load(url, { clients, ended }, async (client) => {
      const sent = Array.from({ length: boards }, uniqueBoard)
      const key = isRepeated ? randomUUID() : undefined
      for (let isDone = false; !isDone; isDone ||= ended.aborted) {
        const begun = performance.now()
        const answers = await (boards > 1 ? sendBatch : sendBoard)(client, token, sent, key)
        const times = { begun, ended: performance.now(), userId: user.id }
        const became = sent.map((board, n): Outcome => ({ board, ...times, ...(answers[n] as Answer) }))
        outcomes.push(...became)
        const isCreated = became.every(({ status }) => status === 201)
        if (isCreated) for (const each of waiting) if (begun >= each.since) each.resolve(became[0] as Outcome)
        isDone = isCreated || !isRepeated
        await wait(isCreated ? pauseMs : Math.random() * COMES_BACK_WITHIN_MS)
      }
    }),
  )
  return {
    /** Resolves with the first request that was begun after this and answered 201. */
    async firstSuccess(): Promise<Outcome> {
      const { promise, resolve } = Promise.withResolvers<Outcome>()
      const each = { since: performance.now(), resolve }
      waiting.add(each)
      const outcome = await promise
      waiting.delete(each)
      return outcome
    },
    async stop(): Promise<Comparison> {
      stopping.abort()
      await Promise.all(all)
      return compare(outcomes, await sql('select id, user_id, clouds from submissions'))
    },
  }
}

type Answer = Pick<Outcome, 'status' | 'id' | 'why'>
type Send = (client: Client, token: string, boards: string[], key: string | undefined) => Promise<Answer[]>

const sendBoard: Send = async (client, token, [clouds], key) => {
  const { status, text, why } = await post(client, '/jotc', token, JSON.stringify({ clouds }), key)
  if (why !== undefined) return [{ status: undefined, why }]
  return [status === 201 ? { status, id: JSON.parse(text).id } : { status, why: text }]
}

const sendBatch: Send = async (client, token, boards, key) => {
  const { status, text, why } = await post(client, '/jotc/batch', token, boards.join('\n'), key)
  if (status !== 200) return boards.map(() => ({ status, why: why ?? text }))
  const lines = text.split('\n').slice(0, -1)
  return boards.map((_, n) => {
    if (lines[n] === undefined) return { status: 'cut', why: why ?? 'no line' }
    const answer: BatchAnswer = JSON.parse(lines[n])
    return 'id' in answer ? { status: 201, id: answer.id } : { status, why: lines[n] }
  })
}

/** How many connections each client has made. */
const connections = new WeakMap<Client, number>()

/** @returns `why` where the connection was lost, with as much of the answer as had come */
async function post(client: Client, path: string, token: string, body: string, key: string | undefined) {
  const made = () => connections.get(client) ?? 0
  const before = made()
  if (before === 0) client.removeAllListeners('connect').on('connect', () => connections.set(client, made() + 1))
  const headers = {
    authorization: `Bearer ${token}`,
    'content-type': path.endsWith('batch') ? 'text/plain' : 'application/json',
    ...(key !== undefined && { 'idempotency-key': key }),
  }
  let status: number | undefined
  let text = ''
  try {
    const answer = await client.request({ method: 'POST', path, headers, body })
    status = answer.statusCode
    for await (const chunk of answer.body.setEncoding('utf8')) text += chunk
    return { status, text, why: undefined }
  } catch (error) {
    const { code, message, syscall } = error as NodeJS.ErrnoException
    const isNew = syscall === 'connect' || made() > before
    return { status, text, why: `${code ?? ''} ${message} on ${isNew ? 'a new' : 'an open'} connection` }
  }
}

/**
 * A board that no other number has, so that a submission can be told from any other: the bits of the number, each
 * between safe clouds.
 */
function uniqueBoard(): string {
  return `0${[...(++boards).toString(2)].map((bit) => `${bit}0`).join('')}`
}

/** What clients were answered, compared with what the database has. */
function compare(outcomes: readonly Outcome[], rows: Record<string, unknown>[]) {
  const kept = Map.groupBy(rows, ({ clouds }) => clouds)
  const created = outcomes.filter(({ status }) => status === 201)
  const isKept = ({ board, id, userId }: Outcome) =>
    kept.get(board)?.some(({ id: ownId, user_id }) => ownId === id && user_id === userId)
  const times = created.map(({ ended }) => ended).sort((a, b) => a - b)
  return {
    sent: outcomes.length,
    created: created.length,
    refused: outcomes.filter(({ status }) => status === 503).length,
    /** Of batches that broke off: they are sent again. */
    cut: outcomes.filter(({ status }) => status === 'cut').length,
    /** Connections that failed before an answer, and answers that are neither 201 nor 503. */
    failed: outcomes
      .filter(({ status }) => status === undefined || (typeof status === 'number' && status !== 201 && status !== 503))
      .map(({ status, why }) => `${status ?? 'no answer'}: ${why}`),
    /** Answered 201, and not in the database under that id. */
    lost: created.filter((outcome) => !isKept(outcome)),
    /** In the database, though nobody was answered. */
    recordedUnanswered: outcomes.filter(({ board, status }) => status === undefined && kept.has(board)),
    /** Boards that are in the database more than once. */
    doubled: outcomes.filter(({ board }) => (kept.get(board)?.length ?? 0) > 1),
    /** Milliseconds without any success, at most. */
    longestOutage: Math.max(0, ...times.slice(1).map((time, n) => Math.round(time - (times[n] ?? time)))),
  }
}
