import { createClient } from '@redis/client'

/** Before every key and channel. */
export const PREFIX = 'jotc:'

/** Commands sent and not answered; more than this means that Redis is too slow. */
const MOST_COMMANDS = 10_000

export type Client = ReturnType<typeof newClient>

/**
 * The official client, for one connection that is not made again (link.ts makes a new one).
 *
 * @param connectWithin milliseconds
 */
export function newClient(url: string, connectWithin: number) {
  return createClient({
    url,
    name: 'jotc-api',
    keyPrefix: PREFIX,
    disableOfflineQueue: true,
    commandsQueueMaxLength: MOST_COMMANDS,
    // Its timers would be a second set beside the deadline's, and stop counting when a command is written.
    commandOptions: { timeout: 0 },
    maintNotifications: 'disabled',
    socket: { connectTimeout: connectWithin, reconnectStrategy: false },
  })
}

/** @throws {TypeError} where the URL is none of Redis; its message does not repeat the URL, which holds a password */
export function checkRedisUrl(url: string): void {
  try {
    newClient(url, 0).destroy()
  } catch {
    throw new TypeError('REDIS_URL is not of the form redis://USER:PASSWORD@HOST:PORT/DATABASE (or rediss:).')
  }
}
