import cluster from 'node:cluster'
import type { FastifyInstance } from 'fastify'

/**
 * Listens on a port of this machine, with so many processes as ours has, and ends with who started it.
 */
export async function serve(build: () => Promise<FastifyInstance>, port: number, workers: number): Promise<void> {
  process.on('disconnect', () => process.exit())
  process.on('SIGTERM', () => process.exit())
  if (cluster.isPrimary && workers > 1) {
    for (let worker = 0; worker < workers; worker++) cluster.fork()
    return
  }
  const api = await build()
  api.get('/health', { logLevel: 'silent' }, async () => ({ status: 'ok' }))
  await api.listen({ port, host: '127.0.0.1' })
}
