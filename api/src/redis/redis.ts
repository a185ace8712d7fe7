import type { FastifyBaseLogger } from 'fastify'
import { checkKey, checkText, milliseconds } from './bounds.ts'
import { type Client, checkRedisUrl, PREFIX } from './client.ts'
import { type LinkTimes, RedisLink, TIMES } from './link.ts'
import { DELETE, SET, SET_IF_ABSENT } from './scripts.ts'
import { type Store, StoreGone } from './store.ts'
import { Subscribers } from './subscribers.ts'

/** Runs Lua in Redis as the official client does: keys get the common prefix, rejects with `StoreGone`. */
export type RedisScripts = {
  eval(script: string, options: { keys: string[]; arguments: string[] }): Promise<unknown>
}

export type RedisStore = Store & { scripts: RedisScripts }

/**
 * A store that all workers share through Redis. What link.ts promises of a lost Redis holds for each call.
 *
 * @param url `redis://` or `rediss://`; its password is never logged
 * @returns once Redis was reached or found to be gone: an absent Redis is no reason not to start
 * @throws {TypeError} where the URL is none of Redis
 */
export async function openRedisStore(
  url: string,
  log: Pick<FastifyBaseLogger, 'info' | 'warn' | 'error'>,
  times: LinkTimes = TIMES,
): Promise<RedisStore> {
  checkRedisUrl(url)
  const subscribers = new Subscribers(log)
  const link = new RedisLink(url, log, times, (client) => Promise.all(subscribers.channels.map(listenOn(client))))
  // One function for all channels: the client calls it once a message, however often it is told to.
  const hear = (message: string, channel: string) => subscribers.tell(channel.slice(PREFIX.length), message)

  function listenOn(client: Client): (channel: string) => Promise<void> {
    return (channel) => client.subscribe(PREFIX + channel, hear)
  }

  await link.tried
  return {
    get state() {
      return link.state
    },
    onChange: (watcher) => link.onChange(watcher),
    close: () => link.close(),
    scripts: { eval: (script, options) => link.ask((client) => client.eval(script, options)) },

    async get(key) {
      checkKey(key)
      return (await link.ask((client) => client.get(key))) ?? undefined
    },
    async set(key, value, seconds) {
      checkKey(key)
      checkText(value)
      const lifetime = String(milliseconds(seconds))
      await link.ask((client, until) => client.eval(SET, { keys: [key], arguments: [until, value, lifetime] }))
    },
    async setIfAbsent(key, value, seconds) {
      checkKey(key)
      checkText(value)
      const lifetime = String(milliseconds(seconds))
      const asked = link.ask((client, until) =>
        client.eval(SET_IF_ABSENT, { keys: [key], arguments: [until, value, lifetime] }),
      )
      return (await asked) !== null
    },
    async delete(key, onlyIf) {
      checkKey(key)
      const expected = onlyIf === undefined ? [] : [onlyIf]
      await link.ask((client, until) => client.eval(DELETE, { keys: [key], arguments: [until, ...expected] }))
    },
    async publish(channel, message) {
      checkKey(channel)
      checkText(message)
      await link.ask((client) => client.publish(PREFIX + channel, message))
    },
    async subscribe(channel, listener) {
      checkKey(channel)
      const leave = subscribers.add(channel, listener)
      await link.ask((client) => listenOn(client)(channel)).catch(whereGone)
      return leave
    },
  }
}

/** A subscription waits for the next connection, which starts with all of them. */
function whereGone(error: unknown): void {
  if (!(error instanceof StoreGone)) throw error
}
