import type * as client from '@redis/client'
import type { FastifyBaseLogger } from 'fastify'
import fp from 'fastify-plugin'
import { within } from '../within.ts'

declare module 'fastify' {
  interface FastifyInstance {
    redis: Redis
  }
}

export type Redis = {
  /** `gone`: not reached, too slow or refusing writes. `off`: there is no REDIS_URL. */
  readonly state: 'up' | 'gone' | 'off'
  /** The value, or `undefined` where there is none or Redis does not answer. Never rejects. */
  get(key: string): Promise<string | undefined>
  /** Keeps `value` for `seconds`, if Redis answers. Never rejects. */
  set(key: string, value: string, seconds: number): Promise<void>
  /** Runs Lua as the official client does. Rejects when Redis does not answer. */
  eval(script: string, options: { keys: string[]; arguments: string[] }): Promise<unknown>
}

const COMMAND_TIMEOUT_MS = 250
const PROBE_INTERVAL_MS = 1_000
const CONNECT_TIMEOUT_MS = 1_000
const MAX_RECONNECT_PAUSE_MS = 1_000
/** A connection that says nothing for so long, while it is being set up too, is closed; probes keep others from it. */
const SILENCE_TIMEOUT_MS = 2_000

/**
 * What workers share and may lose at any moment, as `api.redis`: cached verdicts and rate limits. What must last
 * stands in PostgreSQL.
 *
 * Promises: the service starts and goes on without Redis. No command takes longer than 250 ms, and while Redis is
 * gone each fails at once. The log has one line a change. (redis.test.ts)
 */
export const redis = fp<{ url: string | undefined }>(
  async (api, { url }) => {
    if (url === undefined) api.log.info('REDIS_URL is not set, keeping verdicts and rate limits in memory')
    const redis = url === undefined ? noRedis : await connectRedis(url, api.log)
    api.decorate('redis', redis)
    api.metrics.gauge('jotc_store_up', 'Whether the worker shares verdicts and rate limits with the others.', () =>
      redis.state === 'gone' ? 0 : 1,
    )
    api.addHook('onClose', async () => redis.close())
  },
  { name: 'redis', dependencies: ['metrics'] },
)

const noRedis: Redis & { close(): void } = {
  state: 'off',
  get: async () => undefined,
  set: async () => {},
  eval: () => Promise.reject(new Error('there is no Redis')),
  close: () => {},
}

/**
 * Connects to Redis, again and again whenever it is lost.
 *
 * The official client reconnects by itself when its connection ends. It keeps one that answers no more, or READONLY
 * after a failover, so each second a small write shows whether the connection still serves; one that does not is
 * replaced. (The client's own ping is also answered by a replica, and its timeout ends when a command was written.)
 *
 * @returns once Redis was reached or found to be gone
 */
export async function connectRedis(
  url: string,
  log: Pick<FastifyBaseLogger, 'info' | 'warn'>,
  timeoutMs = COMMAND_TIMEOUT_MS,
): Promise<Redis & { close(): void }> {
  // Not loaded where there is no Redis.
  const { createClient, ErrorReply } = await import('@redis/client')
  const { promise: tried, resolve: hasTried } = Promise.withResolvers<void>()
  let state: 'up' | 'gone' | undefined
  let closed = false
  let client = open()

  function open() {
    const opened = newClient(createClient, url)
    opened.on('error', (error) => opened === client && tell('gone', error))
    opened.on('ready', () => void probe(opened))
    opened.connect().catch(() => {})
    return opened
  }

  /** Whether Redis takes a write. */
  async function probe(probed: Client): Promise<boolean> {
    const [now, reason] = await within(timeoutMs, probed.set('probe', '', { EX: 60 })).then(
      () => ['up'] as const,
      (error: unknown) => ['gone', error] as const,
    )
    if (probed === client) tell(now, reason)
    return now === 'up'
  }

  function tell(now: 'up' | 'gone', reason?: unknown): void {
    hasTried()
    if (state === now || closed) return
    state = now
    if (now === 'up') log.info('connected to Redis')
    else log.warn({ reason: messageOf(reason) }, "lost Redis, using this worker's memory until it returns")
  }

  async function ask<Reply>(command: (client: Client) => Promise<Reply>): Promise<Reply> {
    if (state !== 'up' || closed) throw new Error('Redis is gone')
    const asked = client
    try {
      return await within(timeoutMs, command(asked))
    } catch (error) {
      // What Redis says of one command need not hold for others: the next probe shows.
      if (asked === client && !(error instanceof ErrorReply)) tell('gone', error)
      throw error
    }
  }

  const timer = setInterval(async () => {
    const probed = client
    if (!probed.isReady || (await probe(probed)) || probed !== client || closed) return
    probed.destroy()
    client = open()
  }, PROBE_INTERVAL_MS)

  await tried
  return {
    get state() {
      return state === 'up' && !closed ? 'up' : 'gone'
    },
    get: (key) => ask((client) => client.get(key)).then((value) => value ?? undefined, ignored),
    set: (key, value, seconds) => ask((client) => client.set(key, value, { EX: seconds })).then(ignored, ignored),
    eval: (script, options) => ask((client) => client.eval(script, options)),
    close() {
      closed = true
      clearInterval(timer)
      client.destroy()
    },
  }
}

type Client = ReturnType<typeof newClient>

function newClient(createClient: typeof client.createClient, url: string) {
  return createClient({
    url,
    name: 'jotc-api',
    keyPrefix: 'jotc:',
    disableOfflineQueue: true,
    commandOptions: { timeout: 0 },
    maintNotifications: 'disabled',
    socket: {
      connectTimeout: CONNECT_TIMEOUT_MS,
      socketTimeout: SILENCE_TIMEOUT_MS,
      reconnectStrategy: (tries) => Math.min(50 * 2 ** tries, MAX_RECONNECT_PAUSE_MS) * (0.5 + Math.random() / 2),
    },
  })
}

function ignored(): undefined {}

/** Never the error itself: what it carries beside its message may hold the URL. */
function messageOf(reason: unknown): string {
  const { code, message } = reason as { code?: string; message?: string }
  return message || code || 'unknown'
}
