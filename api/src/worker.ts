import type { FastifyInstance } from 'fastify'
import { app } from './app.ts'
import { ConfigError, readConfig, shownConfig } from './config.ts'
import { RETIRE_WITHIN, STOP_WITHIN, shutDown } from './shutdown.ts'
import { supervisorLink } from './supervisor/link.ts'
import { warmUp } from './warm-up.ts'

const supervisor = supervisorLink(Number(process.argv[2]))
// Those reach the whole group of a terminal; the supervisor decides.
for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => {})

let api: FastifyInstance | undefined
try {
  const { config, notes } = readConfig()
  const started = await app(config, supervisor)
  api = started
  if (supervisor.place === 0) {
    started.log.info({ settings: shownConfig(config) }, 'settings')
    for (const note of notes) started.log.info(note)
  }
  process.on('SIGTERM', () => void shutDown(started, 0, STOP_WITHIN))
  supervisor.onRetire(() => void shutDown(started, 0, RETIRE_WITHIN))
  // What nobody caught may have left anything behind: whoever is being served is served, and a new worker takes over.
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (thrown: unknown) => {
      started.reportError(thrown, { work: event })
      void shutDown(started, 1, STOP_WITHIN)
    })
  }
  await warmUp(started)
  supervisor.sendSettings(config)
  await started.listen({ port: config.API_PORT, host: config.HOST })
} catch (error) {
  console.error(startFault(error))
  // What it had opened already would keep the process.
  await api?.close()
  process.exit(1)
}

/** One readable line for what an operator can put right; the stack for all else. */
function startFault(error: unknown): unknown {
  if (error instanceof ConfigError) return error.message
  const { code, port } = error as NodeJS.ErrnoException & { port?: number }
  if (code === 'EADDRINUSE') return `API_PORT is ${port}, and another process listens there.`
  if (code === 'EACCES' || code === 'EADDRNOTAVAIL') return `${error instanceof Error ? error.message : error}`
  return error
}
