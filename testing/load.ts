import { setTimeout as wait } from 'node:timers/promises'
import { Client } from 'undici'

export type { Client }

export type Request = { path: string; token?: string | undefined; body?: object }

/** A client waits so long for the beginning of an answer, and for each part of it. */
const TIMEOUT_MS = 30_000

/** A client of a service: one keep-alive connection, opened when it is needed, and one request at a time. */
export function openClient(url: string): Client {
  return new Client(url, { headersTimeout: TIMEOUT_MS, bodyTimeout: TIMEOUT_MS })
}

/** A POST of a body, or a GET. @throws when the connection is lost before the answer is whole */
export async function send(client: Client, { path, token, body }: Request) {
  const answer = await client.request({
    method: body ? 'POST' : 'GET',
    path,
    headers: {
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(body && { 'content-type': 'application/json' }),
    },
    ...(body && { body: JSON.stringify(body) }),
  })
  return { status: answer.statusCode, headers: answer.headers, body: await answer.body.text() }
}

export type Load = {
  clients: number
  /** How long; until `ended` where it is left out. */
  seconds?: number
  ended?: AbortSignal
  /** Requests a second of all clients together; left out: each client begins when it is done. */
  rate?: number | undefined
}

/**
 * Lets clients visit a service: as quick as they can, or at a rate, whether or not the visits before are over. Then each
 * client takes the next moment of the schedule and waits for it; where none was free in time, the visit is late, and
 * says so by its `due`: a stall is seen by all who would have come during it (no coordinated omission).
 *
 * @param visit with the moment at which it was due, as `performance.now()` tells it
 */
export async function load(
  url: string,
  { clients, seconds = Number.POSITIVE_INFINITY, ended, rate }: Load,
  visit: (client: Client, due: number) => Promise<unknown>,
): Promise<void> {
  const begun = performance.now()
  const end = begun + seconds * 1000
  let taken = 0
  const next = () => (rate === undefined ? performance.now() : begun + (taken++ * 1000) / rate)
  await Promise.all(
    Array.from({ length: clients }, async () => {
      const client = openClient(url)
      try {
        for (let due = next(); due < end && !ended?.aborted; due = next()) {
          const early = due - performance.now()
          if (early > 0) await wait(Math.ceil(early))
          await visit(client, due)
        }
      } finally {
        await client.destroy()
      }
    }),
  )
}

/** The smallest of some figures that at least this share (0 to 1) of them does not exceed. NaN of none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN
}
