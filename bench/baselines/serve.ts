import cluster from 'node:cluster'
import fastifyJwt from '@fastify/jwt'
import fastify, { type FastifyInstance } from 'fastify'
import pg from 'pg'

/**
 * A service as a competent person writes it: a pool, Fastify's own plugin for tokens and its own log. It listens on a port
 * of this machine, with so many processes as ours has, and ends with who started it.
 *
 * Arguments of the command: port, processes, database URL, and what the routes alone need.
 */
export async function serve(
  routes: (api: FastifyInstance, pool: pg.Pool, argument: string) => Promise<void>,
): Promise<void> {
  const [port, workers, connectionString = '', argument = ''] = process.argv.slice(2)
  process.on('disconnect', () => process.exit())
  process.on('SIGTERM', () => process.exit())
  if (cluster.isPrimary && Number(workers) > 1) {
    for (let worker = 0; worker < Number(workers); worker++) cluster.fork()
    return
  }
  const api = fastify({ logger: true })
  await api.register(fastifyJwt, { secret: 'a secret that only the benchmarks use', sign: { expiresIn: '1h' } })
  await routes(api, new pg.Pool({ connectionString, max: 10 }), argument)
  api.get('/health', { logLevel: 'silent' }, async () => ({ status: 'ok' }))
  await api.listen({ port: Number(port), host: '127.0.0.1' })
}
