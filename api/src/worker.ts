import cluster from 'node:cluster'
import { once } from 'node:events'
import type { FastifyInstance } from 'fastify'
import { app } from './app.ts'
import { ConfigError, readConfig, shownConfig } from './config.ts'
import { logWritten } from './observe/log-output.ts'
import type { FromWorker, ToWorker } from './supervisor/worker-process.ts'

/** How long open requests may take when the service stops. */
const STOP_TIMEOUT_MS = 8_000
/** The same when only this worker ends: as long as the longest request, a batch. */
const RETIRE_TIMEOUT_MS = 15 * 60_000
/** How long the rest of the shutdown may take after connections were cut. */
const EXIT_TIMEOUT_MS = 1_500
/** Errors that mean HOST is not an address of this machine, or an unknown name. */
const NO_ADDRESS = new Set(['EADDRNOTAVAIL', 'ENOTFOUND', 'EAI_AGAIN'])

let isShuttingDown = false
let exitCode = 0
let deadline: NodeJS.Timeout | undefined

// A terminal sends these to the whole process group; the supervisor handles them.
for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => {})

let api: FastifyInstance | undefined
try {
  const { config, notes } = readConfig()
  const { WORKERS, LOG_LEVEL, LOG_FORMAT } = config
  tellSupervisor({ kind: 'settings', settings: { WORKERS, LOG_LEVEL, LOG_FORMAT } })
  const started = await app(config)
  api = started
  if (cluster.worker?.id === 1) {
    started.log.info({ settings: shownConfig(config) }, 'settings')
    for (const note of notes) started.log.info(note)
    void started.mail.logStatus()
  }
  process.on('SIGTERM', () => void shutDown(started, 0, STOP_TIMEOUT_MS))
  process.on('message', (message: ToWorker) => {
    if (message.kind === 'retire') void shutDown(started, 0, RETIRE_TIMEOUT_MS)
  })
  // After an uncaught error any state may be wrong: open requests are finished, and a new worker takes over.
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (thrown: unknown) => {
      started.reportError(thrown, { work: event })
      void shutDown(started, 1, STOP_TIMEOUT_MS)
    })
  }
  await started.listen({ port: config.API_PORT, host: config.HOST })
} catch (error) {
  console.error(startError(error))
  // Open connections would keep the process alive.
  await api?.close()
  await logWritten()
  process.exit(1)
}

function tellSupervisor(message: FromWorker): void {
  process.send?.(message)
}

/** A readable line for what an operator can correct; otherwise the error with its stack. */
function startError(error: unknown): unknown {
  if (error instanceof ConfigError) return error.message
  const { code, port } = error as NodeJS.ErrnoException & { port?: number }
  if (code === 'EADDRINUSE') return `API_PORT ${port} is already in use.`
  if (code === 'EACCES') return `API_PORT ${port} needs more rights than this user has.`
  if (NO_ADDRESS.has(code ?? '')) return 'HOST is not an address of this machine.'
  return error
}

/**
 * Ends the worker. Open requests are answered, and each answer closes its connection, so that clients reconnect to
 * another worker. At first new requests are still accepted, because some may be on their way. A second call only
 * changes the timeout: a retiring worker may be told to stop soon.
 *
 * @param timeoutMs until connections in use are cut
 */
async function shutDown(api: FastifyInstance, code: number, timeoutMs: number): Promise<void> {
  exitCode ||= code
  clearTimeout(deadline)
  deadline = setTimeout(() => {
    setTimeout(() => process.exit(1), EXIT_TIMEOUT_MS).unref()
    api.server.closeAllConnections()
  }, timeoutMs).unref()
  if (isShuttingDown) return
  isShuttingDown = true
  await api.drain.begin(timeoutMs === RETIRE_TIMEOUT_MS)
  await api.close()
  await logWritten()
  // Returns a connection that the supervisor is just handing over. If it were lost with this process, its client would
  // wait forever: the supervisor keeps it open until it hears of it.
  const disconnected = once(process, 'disconnect')
  cluster.worker?.disconnect()
  await disconnected
  process.exit(exitCode)
}
