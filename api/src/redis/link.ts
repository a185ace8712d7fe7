import { setTimeout as wait } from 'node:timers/promises'
import { ErrorReply } from '@redis/client'
import type { FastifyBaseLogger } from 'fastify'
import { type Client, newClient } from './client.ts'
import { within } from './deadline.ts'
import { HEARTBEAT } from './scripts.ts'
import { StoreGone, type StoreState } from './store.ts'
import { Subscribers } from './subscribers.ts'

/** All in milliseconds. */
export type LinkTimes = {
  /** How long one command may take. */
  deadline: number
  connectWithin: number
  heartbeatEvery: number
  /** Pauses between tries to connect grow to this. */
  longestPause: number
}

export const TIMES: LinkTimes = { deadline: 250, connectWithin: 1_000, heartbeatEvery: 1_000, longestPause: 2_000 }

const FIRST_PAUSE = 50

type Connection = {
  client: Client
  /** Add to `performance.now()` for the time of Redis, in ms; off by half a heartbeat's way at most. */
  clock: number
  ended: PromiseWithResolvers<void>
}

/**
 * A connection to Redis that is made again, for ever, whenever it is lost.
 *
 * Promises: a command is answered or refused with `StoreGone` within the deadline, at once while Redis
 * is gone; none waits in a queue for its return. Redis is gone when it is not reached, does not answer
 * in time (stopped, half-open) or refuses writes (a replica after a failover, out of memory); then the
 * connection is dropped and a new one made, which may lead to another server. One log line a change.
 *
 * The client's own reconnecting is off: it would keep a connection that answers READONLY, and its
 * timeouts end when a command was written, so that a Redis which stands still is waited for.
 */
export class RedisLink {
  readonly #url: string
  readonly #times: LinkTimes
  readonly #log: Pick<FastifyBaseLogger, 'info' | 'warn' | 'error'>
  readonly #restore: (client: Client) => Promise<unknown>
  readonly #watchers: Subscribers<StoreState>
  readonly #closing = new AbortController()
  readonly #firstTry = Promise.withResolvers<void>()
  readonly #kept: Promise<void>
  #connection: Connection | undefined
  #told: StoreState | undefined
  /** Tries since a connection last lived to its first heartbeat; one that is lost at once is a failure too. */
  #failures = 0

  /** @param restore run on each new connection before `up` is told; a connection on which it fails is dropped */
  constructor(
    url: string,
    log: Pick<FastifyBaseLogger, 'info' | 'warn' | 'error'>,
    times: LinkTimes,
    restore: (client: Client) => Promise<unknown>,
  ) {
    this.#url = url
    this.#log = log
    this.#times = times
    this.#restore = restore
    this.#watchers = new Subscribers(log)
    this.#kept = this.#keep()
  }

  get state(): StoreState {
    return this.#connection && this.#told === 'up' ? 'up' : 'gone'
  }

  /** Resolves once Redis was reached or found to be gone. */
  get tried(): Promise<void> {
    return this.#firstTry.promise
  }

  onChange(watcher: (state: StoreState) => void): () => void {
    return this.#watchers.add('state', watcher)
  }

  /**
   * Asks Redis one thing.
   *
   * @param command is given the client, and until when a write may be done, in the time of Redis (ms)
   * @throws {StoreGone}
   */
  async ask<Reply>(command: (client: Client, until: string) => Promise<Reply>): Promise<Reply> {
    const connection = this.#connection
    if (!connection) throw new StoreGone()
    try {
      // Twice the deadline, for the clock is known to half a deadline only.
      const until = Math.ceil(performance.now() + connection.clock + 2 * this.#times.deadline)
      return await within(this.#times.deadline, command(connection.client, String(until)))
    } catch (error) {
      // Redis refused this one command; whether it serves others, a heartbeat shows.
      if (error instanceof ErrorReply) this.#heartbeat(connection).catch((reason) => this.#lose(connection, reason))
      else this.#lose(connection, error)
      throw new StoreGone(error)
    }
  }

  async close(): Promise<void> {
    this.#closing.abort()
    if (this.#connection) this.#lose(this.#connection, undefined)
    await this.#kept
  }

  async #keep(): Promise<void> {
    const { signal } = this.#closing
    while (!signal.aborted) {
      const client = newClient(this.#url, this.#times.connectWithin)
      const connection: Connection = { client, clock: 0, ended: Promise.withResolvers() }
      client.on('error', (error) => this.#lose(connection, error))
      try {
        await within(this.#times.connectWithin, client.connect())
        await this.#heartbeat(connection)
        if (signal.aborted) break
        this.#connection = connection
        await within(this.#times.deadline, this.#restore(client))
        if (this.#connection === connection) this.#tell('up')
        await this.#beat(connection)
      } catch (error) {
        this.#lose(connection, error)
      } finally {
        client.destroy()
      }
      const pause = Math.min(FIRST_PAUSE * 2 ** this.#failures, this.#times.longestPause)
      this.#failures += 1
      await wait(pause * (0.5 + Math.random() / 2), undefined, { signal }).catch(() => {})
    }
    this.#firstTry.resolve()
  }

  /** Beats until the connection is lost. */
  async #beat(connection: Connection): Promise<void> {
    while (this.#connection === connection) {
      const pause = new AbortController()
      const waited = wait(this.#times.heartbeatEvery, undefined, { signal: pause.signal }).catch(() => {})
      await Promise.race([waited, connection.ended.promise])
      pause.abort()
      if (this.#connection !== connection) return
      await this.#heartbeat(connection)
      this.#failures = 0
    }
  }

  async #heartbeat(connection: Connection): Promise<void> {
    const sent = performance.now()
    const reply = await within(this.#times.deadline, connection.client.eval(HEARTBEAT, { keys: ['heartbeat'] }))
    const [seconds, microseconds] = reply as [string, string]
    connection.clock = Number(seconds) * 1000 + Number(microseconds) / 1000 - (sent + performance.now()) / 2
  }

  #lose(connection: Connection, reason: unknown): void {
    connection.ended.resolve()
    // Anything a later try fails on says nothing new, and a dropped connection's last errors even less.
    if (this.#connection !== undefined && this.#connection !== connection) return
    this.#connection = undefined
    connection.client.destroy()
    this.#tell('gone', reason)
  }

  #tell(state: StoreState, reason?: unknown): void {
    if (this.#told === state || this.#closing.signal.aborted) return
    this.#told = state
    if (state === 'up') this.#log.info('Redis is reached')
    else this.#log.warn({ reason: inWords(reason) }, 'Redis is gone: this worker uses its own memory until it is back')
    this.#watchers.tell('state', state)
    this.#firstTry.resolve()
  }
}

/** Never the error itself: what it carries beside its words may hold the URL. */
function inWords(reason: unknown): string {
  const { code, message } = reason as { code?: string; message?: string }
  return message || code || 'unknown'
}
