import type { FastifyInstance } from 'fastify'
import { app } from './app.ts'
import { ConfigError, readConfig, shownConfig } from './config.ts'

/** A shutdown that takes longer than this is given up, in milliseconds. */
const SHUTDOWN_WITHIN = 10_000

let api: FastifyInstance | undefined
try {
  const { config, notes } = readConfig()
  const started = await app(config)
  api = started
  started.log.info({ settings: shownConfig(config) }, 'settings')
  for (const note of notes) started.log.info(note)
  await started.listen({ port: config.API_PORT, host: config.HOST })

  let stopping = false
  const stop = async (why: string) => {
    if (stopping) return
    stopping = true
    started.log.info(`stopping: ${why}`)
    setTimeout(() => process.exit(1), SHUTDOWN_WITHIN).unref()
    await started.close()
    started.log.info('stopped')
    process.exit(0)
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop(signal))
  // Started by another process, the service ends with it.
  process.on('disconnect', () => void stop('the parent process is gone'))
} catch (error) {
  console.error(startFault(error))
  process.exitCode = 1
  // What it had opened already would keep the process.
  await api?.close()
}

/** One readable line for what an operator can put right; the stack for all else. */
function startFault(error: unknown): unknown {
  if (error instanceof ConfigError) return error.message
  const { code, port } = error as NodeJS.ErrnoException & { port?: number }
  if (code === 'EADDRINUSE') return `API_PORT is ${port}, and another process listens there.`
  if (code === 'EACCES' || code === 'EADDRNOTAVAIL') return `${error instanceof Error ? error.message : error}`
  return error
}
