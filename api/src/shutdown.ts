import cluster from 'node:cluster'
import { once } from 'node:events'
import type { FastifyInstance } from 'fastify'

/** Milliseconds until it is given up, after connections were cut. */
const GIVEN_UP_AFTER = 1_500

/** Milliseconds that what has begun may still take where the service ends. */
export const STOP_WITHIN = 8_000
/** The same where only this worker ends: as long as the longest request, a batch, may take. */
export const RETIRE_WITHIN = 15 * 60_000

let isShuttingDown = false
let exitCode = 0
let deadline: NodeJS.Timeout | undefined

/**
 * Ends the worker. What has begun is answered, and each answer ends its connection, so that clients come back to
 * another worker; first with connections still accepted, for a request may be on its way on one that is open. Called
 * again, only `within` counts: a worker that retires may be told to stop soon.
 *
 * @param within milliseconds until connections are cut though they are in use
 */
export async function shutDown(api: FastifyInstance, code: number, within: number): Promise<void> {
  exitCode ||= code
  clearTimeout(deadline)
  deadline = setTimeout(() => {
    setTimeout(() => process.exit(1), GIVEN_UP_AFTER).unref()
    api.server.closeAllConnections()
  }, within).unref()
  if (isShuttingDown) return
  isShuttingDown = true
  await api.drain.begin(within === RETIRE_WITHIN)
  await api.close()
  // A connection may be on its way here from the supervisor: this gives it back. Lost with this process, its client
  // would wait for ever, since the supervisor holds it open until it hears of it.
  const disconnected = once(process, 'disconnect')
  cluster.worker?.disconnect()
  await disconnected
  process.exit(exitCode)
}
