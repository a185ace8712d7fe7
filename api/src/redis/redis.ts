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
  /** When it was last reached again after a loss, by `performance.now()`: what it held before may be lost. */
  readonly recoveredAt: number
  /** The value, or `undefined` if there is none or Redis does not answer. Never rejects. */
  get(key: string): Promise<string | undefined>
  /** Stores `value` for `seconds`, if Redis answers. Never rejects. */
  set(key: string, value: string, seconds: number): Promise<void>
  /** Runs a Lua script, with the official client's signature. Rejects when Redis does not answer. */
  eval(script: string, options: { keys: string[]; arguments: string[] }): Promise<unknown>
}

const COMMAND_TIMEOUT_MS = 250
const PROBE_INTERVAL_MS = 1_000
const CONNECT_TIMEOUT_MS = 1_000
const MAX_RECONNECT_PAUSE_MS = 1_000
/** A connection silent for this long, also while it is being set up, is closed. The probes keep healthy ones busy. */
const SILENCE_TIMEOUT_MS = 2_000

/**
 * Redis, as `api.redis`: what workers share and may lose at any moment, such as cached verdicts and rate limits. Whatever
 * must last is in PostgreSQL.
 *
 * Promises (redis.test.ts): the service starts and runs without Redis. No command takes longer than 250 ms, and while
 * Redis is gone each fails at once. Each change of state is one log line.
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
  recoveredAt: Number.NEGATIVE_INFINITY,
  get: async () => undefined,
  set: async () => {},
  eval: () => Promise.reject(new Error('there is no Redis')),
  close: () => {},
}

/**
 * Connects to Redis, and reconnects whenever it is lost.
 *
 * The official client reconnects when its connection ends. But it keeps a connection that no longer answers, or answers
 * READONLY after a failover. So a small write each second probes the connection, which is replaced when that fails.
 * (The client's own ping is answered by replicas too, and its command timeout ends once the command is written.)
 *
 * @returns once Redis was reached or found to be gone
 */
export async function connectRedis(
  url: string,
  log: Pick<FastifyBaseLogger, 'info' | 'warn'>,
  timeoutMs = COMMAND_TIMEOUT_MS,
): Promise<Redis & { close(): void }> {
  // Only loaded if there is a Redis.
  const { createClient, ErrorReply } = await import('@redis/client')
  const firstProbe = Promise.withResolvers<void>()
  let state: 'up' | 'gone' | undefined
  let recoveredAt = Number.NEGATIVE_INFINITY
  let closed = false
  let client = open()

  function open() {
    const opened = newClient(createClient, url)
    opened.on('error', (error) => opened === client && setState('gone', error))
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
    if (probed === client) setState(now, reason)
    return now === 'up'
  }

  function setState(now: 'up' | 'gone', reason?: unknown): void {
    firstProbe.resolve()
    if (state === now || closed) return
    if (state === 'gone') recoveredAt = performance.now()
    state = now
    if (now === 'up') log.info('connected to Redis')
    else log.warn({ reason: messageOf(reason) }, "lost Redis, using this worker's memory until it returns")
  }

  async function run<Reply>(command: (client: Client) => Promise<Reply>): Promise<Reply> {
    if (state !== 'up' || closed) throw new Error('Redis is gone')
    const used = client
    try {
      return await within(timeoutMs, command(used))
    } catch (error) {
      // An error reply may concern this command only; the next probe will tell.
      if (used === client && !(error instanceof ErrorReply)) setState('gone', error)
      throw error
    }
  }

  const timer = setInterval(async () => {
    const probed = client
    if (!probed.isReady || (await probe(probed)) || probed !== client || closed) return
    probed.destroy()
    client = open()
  }, PROBE_INTERVAL_MS)

  await firstProbe.promise
  return {
    get state() {
      return state === 'up' && !closed ? 'up' : 'gone'
    },
    get recoveredAt() {
      return recoveredAt
    },
    get: (key) => run((client) => client.get(key)).then((value) => value ?? undefined, ignore),
    set: (key, value, seconds) => run((client) => client.set(key, value, { EX: seconds })).then(ignore, ignore),
    eval: (script, options) => run((client) => client.eval(script, options)),
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

function ignore(): undefined {}

/** Not the error itself: its other properties may contain the URL. */
function messageOf(reason: unknown): string {
  const { code, message } = reason as { code?: string; message?: string }
  return message || code || 'unknown'
}
