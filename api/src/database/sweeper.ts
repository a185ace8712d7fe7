import fp from 'fastify-plugin'
import type { Sql } from 'sql-template-tag'

declare module 'fastify' {
  interface FastifyInstance {
    sweeper: Sweeper
  }
}

type Sweeper = {
  /** Adds a clean-up statement. It runs repeatedly, sometimes in several workers at once. */
  add(statement: Sql): void
  /** Runs all of them now. */
  sweep(): Promise<void>
}

const INTERVAL_MS = 60_000

/** Runs clean-up statements, about once a minute in each worker. A late or missed run does no harm. */
export const sweeper = fp(
  async (api) => {
    const statements: Sql[] = []
    let isClosed = false
    const sweep = async () => {
      for (const statement of statements) if (!isClosed) await api.database.query(statement)
    }
    api.decorate('sweeper', { add: (statement) => void statements.push(statement), sweep })

    // At random, so that workers that start together do not sweep together.
    const interval = INTERVAL_MS * (0.75 + Math.random() / 2)
    const timer = setInterval(() => {
      sweep().catch((error: unknown) => void api.reportError(error, { work: 'sweeping' }))
    }, interval).unref()
    api.addHook('onClose', async () => {
      isClosed = true
      clearInterval(timer)
    })
  },
  { name: 'sweeper', dependencies: ['database', 'errorHandler'] },
)
