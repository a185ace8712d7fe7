import cluster from 'node:cluster'
import { once } from 'node:events'
import type { FastifyInstance } from 'fastify'
import { app } from './app.ts'
import { ConfigError, readConfig, shownConfig } from './config.ts'
import { logWritten } from './observe/log-output.ts'
import type { FromWorker, ToWorker } from './supervisor/worker-process.ts'

/** What has begun may still take so long where the service ends. */
const STOP_TIMEOUT_MS = 8_000
/** The same where only this worker ends: as long as the longest request, a batch. */
const RETIRE_TIMEOUT_MS = 15 * 60_000
/** How long the rest may take once connections were cut. */
const EXIT_TIMEOUT_MS = 1_500
/** What the system says where HOST is no address of this machine, or no known name. */
const NO_ADDRESS = new Set(['EADDRNOTAVAIL', 'ENOTFOUND', 'EAI_AGAIN'])

let isShuttingDown = false
let exitCode = 0
let deadline: NodeJS.Timeout | undefined

// Those reach the whole group of a terminal; the supervisor decides.
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
    void started.mail.tell()
  }
  process.on('SIGTERM', () => void shutDown(started, 0, STOP_TIMEOUT_MS))
  process.on('message', (message: ToWorker) => {
    if (message.kind === 'retire') void shutDown(started, 0, RETIRE_TIMEOUT_MS)
  })
  // What nobody caught may have left anything behind: whoever is being served is served, and a new worker takes over.
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (thrown: unknown) => {
      started.reportError(thrown, { work: event })
      void shutDown(started, 1, STOP_TIMEOUT_MS)
    })
  }
  await started.listen({ port: config.API_PORT, host: config.HOST })
} catch (error) {
  console.error(startError(error))
  // What it had opened already would keep the process.
  await api?.close()
  await logWritten()
  process.exit(1)
}

function tellSupervisor(message: FromWorker): void {
  process.send?.(message)
}

/** One readable line for what an operator can put right; the stack for all else. */
function startError(error: unknown): unknown {
  if (error instanceof ConfigError) return error.message
  const { code, port } = error as NodeJS.ErrnoException & { port?: number }
  if (code === 'EADDRINUSE') return `API_PORT ${port} is already in use.`
  if (code === 'EACCES') return `API_PORT ${port} needs more rights than this user has.`
  if (NO_ADDRESS.has(code ?? '')) return 'HOST is not an address of this machine.'
  return error
}

/**
 * Ends the worker. What has begun is answered, and each answer ends its connection, so that clients come back to
 * another worker; first with connections still accepted, for a request may be on its way on one that is open. Called
 * again, only the timeout counts: a worker that retires may be told to stop soon.
 *
 * @param timeoutMs until connections are cut though they are in use
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
  // A connection may be on its way here from the supervisor: this gives it back. Lost with this process, its client
  // would wait for ever, since the supervisor holds it open until it hears of it.
  const disconnected = once(process, 'disconnect')
  cluster.worker?.disconnect()
  await disconnected
  process.exit(exitCode)
}
