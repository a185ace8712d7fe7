import { Agent, request } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'

export type Outcome = {
  board: string
  begun: number
  ended: number
  /** The status; undefined when the connection failed before there was one. */
  status: number | undefined
  /** Of the submission, where it was created. */
  id: string | undefined
  /** Why the connection failed, or what an unforeseen answer said. */
  why?: string
}

type Clients = {
  /** Resolves with the first request that was begun after this and answered 201. */
  firstSuccess(): Promise<Outcome>
  /** @returns what became of each request, in the order of the answers */
  stop(): Promise<Outcome[]>
}

/** A refused client comes back within so many milliseconds, at random: not all of them at the same moment. */
const COMES_BACK_WITHIN = 200
const TIMEOUT = 30_000
let boards = 0

/**
 * Clients who each send one board after another, no two of them the same, and note what became of each.
 *
 * @param pauseMs how long each waits after an answer
 */
export function startClients(url: string, token: string, count: number, pauseMs = 0): Clients {
  // By turns: none of the connections stays idle.
  const agent = new Agent({ keepAlive: true, scheduling: 'fifo' })
  const outcomes: Outcome[] = []
  const waiting = new Set<{ since: number; resolve: (outcome: Outcome) => void }>()
  let going = true

  async function client(): Promise<void> {
    while (going) {
      const outcome = await send(agent, url, token, uniqueBoard(++boards))
      outcomes.push(outcome)
      if (outcome.status === 201) {
        for (const each of waiting) if (outcome.begun >= each.since) each.resolve(outcome)
        if (pauseMs > 0) await wait(pauseMs)
      } else await wait(Math.random() * COMES_BACK_WITHIN)
    }
  }

  const all = Promise.all(Array.from({ length: count }, client))
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
      going = false
      await all
      agent.destroy()
      return outcomes
    },
  }
}

async function send(agent: Agent, url: string, token: string, board: string): Promise<Outcome> {
  const begun = performance.now()
  const body = JSON.stringify({ clouds: board })
  const headers = {
    authorization: `Bearer ${token}`,
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
  }
  const { promise, resolve } = Promise.withResolvers<Pick<Outcome, 'status' | 'id' | 'why'>>()
  const failed = (error: NodeJS.ErrnoException) => {
    const where = sending.reusedSocket ? 'an open connection' : 'a new connection'
    resolve({ status: undefined, id: undefined, why: `${error.code ?? error.message} on ${where}` })
  }
  const sending = request(`${url}/jotc`, { method: 'POST', agent, headers }, (response) => {
    let text = ''
    response.setEncoding('utf8').on('data', (chunk) => {
      text += chunk
    })
    response.once('error', failed)
    response.once('end', () => {
      const status = response.statusCode
      if (status === 201) resolve({ status, id: JSON.parse(text).id })
      else resolve({ status, id: undefined, why: text })
    })
  })
  sending.setTimeout(TIMEOUT, () => sending.destroy(new Error('nothing within 30 s')))
  sending.once('error', failed).end(body)
  return { board, begun, ...(await promise), ended: performance.now() }
}

/**
 * A board that no other number has, so that a submission can be told from any other: the bits of the number, each
 * between safe clouds.
 */
export function uniqueBoard(number: number): string {
  return `0${[...number.toString(2)].map((bit) => `${bit}0`).join('')}`
}
